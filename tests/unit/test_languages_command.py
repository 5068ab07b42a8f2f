"""`kuntaopas languages`."""

import json

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.i18n import SERVED, new_language
from assistant.i18n.languages import LanguagesError
from assistant.i18n.new_language import Added, described
from assistant.settings import PROJECT_ROOT


@pytest.fixture
def run():
    def run(*arguments):
        return CliRunner().invoke(cli.app, ["languages", *arguments])

    return run


@pytest.fixture
def added(monkeypatch):
    """What the command asks to be added; nothing is written."""
    asked = []

    def add(code, *values):
        asked.append((code, *values))
        catalogue = PROJECT_ROOT / "assistant" / "i18n" / "locales" / code / "kuntaopas.po"
        return Added(described(code, *values), 2011, catalogue)

    monkeypatch.setattr(new_language, "add_language", add)
    return asked


def test_a_language_is_added_by_its_code_alone(run, added):
    done = run("add", "SQ")
    assert done.exit_code == 0
    assert added == [("sq", None, None, None)]
    assert "shqip (sq, Latin, ltr) as a draft: 2011 texts" in done.stdout


def test_what_comes_next_is_told(run, added):
    told = run("add", "ps", "--name", "Pashto").stdout
    assert added == [("ps", "Pashto", None, None)]
    for step in (
        "locales/ps/kuntaopas.po",
        "data/languages/ps.txt",
        "make train",
        "languages list",
    ):
        assert step in told


def test_enough_sentences_for_the_language_identifier_are_not_asked_for_again(run, added):
    assert "data/languages/sq.txt has 232 sentences" in run("add", "sq").stdout


@pytest.mark.parametrize("code", ["fi", "xx", "vi-VN", ""])
def test_a_code_that_cannot_be_used_is_one_clear_error(run, code):
    done = run("add", code)
    assert done.exit_code == 1
    assert isinstance(done.exception, LanguagesError)


def test_every_language_is_listed_with_its_figures(run):
    done = run("list", "--json")
    rows = {row["code"]: row for row in json.loads(done.stdout)}
    assert tuple(rows) == SERVED
    assert rows["en"]["state"] == "source"
    assert rows["fi"]["phrases"] > 1000
    assert 0 < rows["fi"]["translated"] <= rows["fi"]["texts"]


def test_a_draft_is_listed_as_one(run):
    lines = run("list").stdout.splitlines()
    assert len(lines) == len(SERVED)
    assert [line for line in lines if line.startswith("vi ") and "draft" in line]
