"""What comes in is masked before anything is done with it, and shows nothing of itself."""

from assistant.channels.incoming import Incoming, Kind


def incoming(**values):
    given = {"id": "1", "address": "358401234567", "kind": Kind.TEXT, **values}
    return Incoming(**given)


def test_personal_data_is_masked():
    text = incoming(text="I am 131052-308T, call 040 123 4567").masked().text
    assert text == "I am [identity code], call [phone number]"


def test_a_text_is_cleaned_as_on_the_website():
    assert incoming(text=" a\u200b\n\n b \ud800").masked().text == "a b"


def test_a_text_that_is_longer_than_is_read_says_so():
    masked = incoming(text="x" * 4096).masked()
    assert (len(masked.text), masked.cut) == (4000, True)
    assert masked.masked().cut
    assert not incoming(text="x").masked().cut


def test_a_payload_stays_as_it_is():
    button = incoming(kind=Kind.BUTTON, text="/inform/municipality/091")
    assert button.masked() is button


def test_it_can_be_kept_and_read_again():
    sent = incoming(text="a", language="ar", sent=1.5, order=7, reference="q")
    assert Incoming.from_dict(sent.as_dict()) == sent


def test_a_place_is_never_kept():
    kept = incoming(kind=Kind.LOCATION, place=(60.1699, 24.9384)).as_dict()
    assert "60.1699" not in str(kept)


def test_its_form_in_a_log_has_neither_text_nor_address_nor_place():
    shown = repr(incoming(text="secret words", place=(60.1699, 24.9)))
    assert not any(part in shown for part in ("secret", "358401234567", "60.16"))
