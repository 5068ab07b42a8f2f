"""`kuntaopas guidance check`: what it prints, and with which code it ends."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.guidance import check

from .conftest import TODAY


@pytest.fixture
def command(folder, monkeypatch):
    """Runs the command on the made-up folder, on the made-up day."""
    read, look = check.read_data, check.check_guidance
    monkeypatch.setattr(check, "read_data", lambda: read(folder.root))
    monkeypatch.setattr(
        check, "check_guidance", lambda data, older_than: look(data, TODAY, older_than)
    )
    return lambda *options: CliRunner().invoke(app, ["guidance", "check", *options])


def test_a_sound_folder_ends_with_zero_and_prints_nothing(command):
    done = command()
    assert (done.exit_code, done.stdout) == (0, "")


def test_warnings_alone_end_with_zero(command, folder):
    folder.source("city", url="http://turku.fi/housing")
    done = command()
    assert done.exit_code == 0
    assert done.stdout == (
        "warning: not_https (1). Use the https address.\n"
        "  data/guidance/sources.yml city: http://turku.fi/housing\n"
    )


def test_an_error_ends_with_one_and_says_where_and_what_to_do(command, folder):
    folder.guide(contacts=["nobody"])
    done = command()
    assert done.exit_code == 1
    assert done.stdout == (
        "error: unknown_contact (1). Correct the id, or add the contact to national.yml.\n"
        "  data/guidance/needs/housing/deposit.yml housing/deposit: nobody\n"
    )


def test_json_is_one_list(command, folder):
    folder.phrases("so")
    done = command("--json")
    [problem] = json.loads(done.stdout)
    assert problem == {
        "severity": "warning",
        "kind": "no_phrases",
        "file": "data/nlu/so/housing.yml",
        "need": "housing/deposit",
        "detail": "",
        "language": "so",
        "todo": "Write training phrases in data/nlu: nobody finds this guide.",
    }


def test_the_age_is_a_number_of_days(command):
    assert "old_source" in command("--older-than", "10d").stdout
    assert command("--older-than", "400").stdout == ""
    assert command("--older-than", "a year").exit_code == 2


def test_links_are_asked_for_only_when_wanted(command, monkeypatch):
    asked = []

    def ask(data, most, progress=None):
        asked.append(most)
        return iter([check.Problem("dead_link", "sources.yml", "city", "gone")])

    monkeypatch.setattr(check, "link_problems", ask)
    command()
    assert asked == []
    done = command("--links", "3")
    assert asked == [3]
    assert "dead_link (1)" in done.stdout
    assert done.exit_code == 0
