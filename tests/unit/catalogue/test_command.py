import pytest

from assistant.catalogue import command
from assistant.catalogue.command import search_cards
from assistant.errors import KuntaopasError
from assistant.settings import Settings

from .conftest import FakeEncoder


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "load_encoder", lambda name: FakeEncoder())
    return Settings(home=tmp_path, database_url=str(tmp_path / "catalogue.db"))


def test_a_search_loads_the_own_catalogue_and_gives_cards_with_a_score(settings):
    cards = search_cards(settings, "library", municipality="999")
    assert cards[0]["id"] == "own:service:library" and cards[0]["score"] > 0


@pytest.mark.parametrize("wrong", [{"topic": "gardening"}, {"municipality": "000"}])
def test_an_unknown_topic_or_municipality_is_an_error(wrong, settings):
    with pytest.raises(KuntaopasError, match="there is no"):
        search_cards(settings, "library", **wrong)
