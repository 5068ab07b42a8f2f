"""What is stored leads to nobody without the channel's secret."""

from assistant.channels.sealing import Sealer


def test_a_name_is_always_the_same_and_leads_to_nobody():
    sealer = Sealer("telegram", "a" * 32)
    assert sealer.name("address", "358401234567") == Sealer("telegram", "a" * 32).name(
        "address", "358401234567"
    )
    assert "358401234567" not in sealer.name("address", "358401234567")
    assert len(sealer.name("x")) <= 63


def test_other_parts_secrets_and_channels_give_other_names():
    sealer = Sealer("telegram", "a" * 32)
    names = {
        sealer.name("address", "1"),
        sealer.name("message", "1"),
        sealer.name("address1"),
        Sealer("telegram", "b" * 32).name("address", "1"),
        Sealer("whatsapp", "a" * 32).name("address", "1"),
    }
    assert len(names) == 5


def test_a_seal_is_opened_by_its_own_secret_alone():
    sealed = Sealer("telegram", "a" * 32).seal({"address": "358401234567"})
    assert "358401234567" not in sealed
    assert Sealer("telegram", "a" * 32).unseal(sealed) == {"address": "358401234567"}
    assert Sealer("telegram", "b" * 32).unseal(sealed) is None


def test_what_was_never_sealed_is_not_opened():
    assert Sealer("telegram", "a" * 32).unseal("nonsense") is None
