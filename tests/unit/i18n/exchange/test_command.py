"""`kuntaopas texts export` and `import`."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.i18n.exchange import ExchangeError


def run(*arguments):
    return CliRunner().invoke(app, ["texts", *arguments])


def test_the_texts_of_a_language_come_back_unchanged(tmp_path):
    path = tmp_path / "sv.xlf"
    assert run("export", str(path), "--language", "sv").exit_code == 0
    done = run("import", str(path), "--dry-run", "--json")
    assert done.exit_code == 0
    (language,) = json.loads(done.stdout)["languages"]
    assert language["language"] == "sv"
    assert language["unchanged"] > 100
    assert (language["taken"], language["refused"]) == (0, [])


@pytest.mark.parametrize("options", [("--language", "xx"), ("--only", "some")])
def test_wrong_use_ends_with_two(tmp_path, options):
    assert run("export", str(tmp_path / "x.po"), *options).exit_code == 2


def test_an_error_is_one_of_those_that_are_told_in_one_line(tmp_path):
    done = run("import", str(tmp_path / "nowhere.po"))
    assert isinstance(done.exception, ExchangeError)
    assert "\n" not in str(done.exception)
