"""The tables in the terminal."""

import pytest

from assistant.evaluation import report


@pytest.fixture
def printed(result, capsys):
    report.print_report(result)
    return capsys.readouterr().out


def lines_of(printed, start):
    return [line.split() for line in printed.splitlines() if line.strip().startswith(start)]


def test_topics_stand_in_a_line_with_every_language(printed):
    assert ["topic", "fi", "en", "all"] in lines_of(printed, "topic")
    assert ["out_of_scope", "100", "–", "100"] in lines_of(printed, "out_of_scope")


def test_a_weak_cell_is_marked(printed):
    assert ["health", "0!", "100", "50!"] in lines_of(printed, "health")


def test_a_topic_says_how_many_messages_it_had_and_where_it_is_weakest(printed):
    assert ["health", "2", "50.0", "50.0", "fi", "0"] in lines_of(printed, "health")


def test_every_language_has_a_line_served_ones_first(printed):
    codes = ["fi", "sv", "en", "pl", "all"]
    found = [line[0] for line in map(str.split, printed.splitlines()) if len(line) == 10]
    assert [code for code in found if code in codes] == codes


def test_a_confusion_is_printed_with_its_example(printed):
    assert ["health", "leisure", "1", "fi:", "fi", "health", "a"] in lines_of(printed, "health")


@pytest.mark.parametrize(
    "line",
    [
        "Styles: romanised 0.0, keyword 100.0",
        "Without training data: 100.0 % (pl 100.0)",
        "Language: 66.7 %; one or two words 50.0 %; in messages of needs 80.0 % "
        "(short 50.0, phrase 100.0)",
        "Out of scope: 66.7 % rejected (other 0.0, private_business 100.0, weather 100.0); "
        "wrongly rejected 0.0 %",
        "Emergencies: 66.7 % found, kind right 50.0 %; false alarms 50.0 %, "
        "in messages of needs 20.0 %",
        "Entities (precision, recall, F1): municipality 50.0 100.0 66.7",
        "Calibration: error (ECE) 18.0 %; 50 is 0 (1), 90 is 100 (4)",
    ],
)
def test_the_rest_has_one_line_each(printed, line):
    assert line in printed.splitlines()


def test_broken_gates_come_last(printed):
    last = printed[printed.index("Broken gates:") :]
    assert "  emergency recall is 0.667, must be at least 0.961" in last
    assert "language: fi 0.000" in last


def test_markup_in_a_message_is_only_text(result, capsys):
    result["confusions"][0]["examples"][0]["text"] = "[red]help[/]"
    report.print_report(result)
    assert "[red]help[/]" in capsys.readouterr().out


def test_missing_sets_are_said_to_be_missing(empty, capsys):
    report.print_report(empty)
    printed = capsys.readouterr().out
    assert "Entities (precision, recall, F1): not measured" in printed
    assert "No gate is broken." in printed
