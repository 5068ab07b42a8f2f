"""Which contenders are asked for, and what the table tells."""

import io
import json
import sys

import pytest
from rich.console import Console

from benchmarks.nlu import fasttext_model
from benchmarks.nlu.compare import numbers, wanted
from benchmarks.nlu.fasttext_model import Missing, words
from benchmarks.nlu.jobs import JOBS
from benchmarks.nlu.measuring import Accuracy, Cost, Encoding, Row
from benchmarks.nlu.table import Comparison, Section, as_dict, cells, show
from benchmarks.processes import BenchmarkFailed

ROW = Row("ours", Accuracy(0.95, None, "so", 0.9, None, {"so": 0.9}), Cost(120.4, 7.6), 9.25, 80.2)


@pytest.mark.parametrize(
    "only, slow, public, expected",
    [
        (None, False, False, ([*JOBS], [])),
        (None, True, False, ([*JOBS], ["ours", "anew", "diet", "init"])),
        ("adapter, ours", False, False, (["ours", "adapter"], [])),
        ("ours", True, False, (["ours"], [])),
        ("diet", True, False, ([], ["ours", "anew", "diet"])),
        (None, False, True, (["ours"], [])),
        ("network", False, True, (["network"], [])),
    ],
)
def test_groups_that_are_run(only, slow, public, expected):
    assert wanted(only, slow, public) == expected


@pytest.mark.parametrize("only, reason", [("nothing", "no group nothing"), ("diet", "--slow")])
def test_groups_that_cannot_be_run(only, reason):
    with pytest.raises(BenchmarkFailed, match=reason):
        wanted(only, False, False)


def test_numbers_of_phrases():
    assert numbers("8, 4,8") == [4, 8]
    for wrong in ("", "4,x", "0", "-1", "²"):
        with pytest.raises(BenchmarkFailed):
            numbers(wrong)


def test_a_row_of_the_table():
    assert cells(ROW) == ["ours", ".950", "-", ".900 so", "-", "120", "9.2", "80", "8"]


def test_people_and_programs_are_told_the_same():
    found = Comparison("development", 10, 1000, Encoding([5.0, 7.0, 9.0], 2.0), 0.1)
    found.sections.append(Section("All", 1000, [ROW]))
    found.skipped.append("fasttext: fastText is not installed")
    told = json.loads(json.dumps(as_dict(found)))
    assert told["sections"][0]["rows"][0]["accuracy"]["worst_language"] == "so"
    console = Console(file=io.StringIO(), width=200)
    show(found, console)
    printed = console.file.getvalue()
    for expected in (".900 so", "Not measured: fasttext", "7.0 ms a message", "1000 training"):
        assert expected in printed


def test_fasttext_reads_one_line_of_small_words():
    assert words("Missä\nasun, __label__3?") == "missä asun , 3 ?"


def test_fasttext_that_is_not_installed_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "fasttext", None)
    with pytest.raises(Missing, match="--extra bench"):
        fasttext_model.load()
