"""`kuntaopas evaluate`, with a result that is made up."""

import json

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.evaluation import evaluation


@pytest.fixture
def command(monkeypatch, result):
    """Runs the command; `asked` holds the split of each evaluation."""

    def run(*arguments):
        return CliRunner().invoke(cli.app, ["evaluate", *arguments])

    def made_up(settings, split):
        run.asked.append(split)
        return result

    run.asked = []
    monkeypatch.setattr(evaluation, "evaluate_model", made_up)
    return run


def test_tables_are_printed_and_broken_gates_are_no_error(command):
    done = command()
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Topic accuracy" in done.stdout and "Broken gates:" in done.stdout
    assert command.asked == ["heldout"]


def test_json_is_one_line_and_broken_gates_are_said_beside_it(command, result):
    done = command("--json", "--development")
    assert json.loads(done.stdout) == result
    assert done.exit_code == 0
    assert "Broken gate: emergency recall is 0.667" in done.stderr
    assert command.asked == ["development"]


def test_a_report_is_written_beside_the_tables(command, tmp_path):
    file = tmp_path / "report.html"
    done = command("--html", str(file))
    assert done.stderr == f"Wrote {file}.\n"
    assert "Topic accuracy" in done.stdout
    assert file.exists()


def test_a_folder_that_is_missing_is_noticed_before_the_work(command, tmp_path):
    done = command("--html", str(tmp_path / "none" / "report.html"))
    assert done.exit_code == 2
    assert command.asked == []
