"""Public intent sets in the formats that they come in."""

import pytest

from benchmarks.nlu.intents import Example, read
from benchmarks.processes import BenchmarkFailed

CSV = 'text,label,split,lang\n"pay, please",bank/pay,train,en\nmaksu,bank/pay,test,FI\n'
EXPECTED = [
    Example("pay, please", "bank/pay", "train", "en"),
    Example("maksu", "bank/pay", "test", "fi"),
]


def written(folder, name, content):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name, content",
    [
        ("set.csv", CSV),
        ("set.csv", "\ufeff" + CSV),
        (
            "set.tsv",
            CSV.replace('"pay, please"', "pay- please").replace(",", "\t").replace("-", ","),
        ),
        (
            "set.jsonl",
            '{"text": "pay, please", "label": "bank/pay", "split": "train", "lang": "en"}\n\n'
            '{"text": "maksu", "label": "bank/pay", "split": "test", "lang": "fi"}\n',
        ),
    ],
)
def test_formats(tmp_path, name, content):
    assert read(written(tmp_path, name, content)) == EXPECTED


def test_a_set_of_one_language_need_not_tell_it(tmp_path):
    path = written(tmp_path, "a.csv", "text,label,split\nhi,x,train\nho,y,TEST\nhm,y,validation\n")
    assert [(one.split, one.language) for one in read(path)] == [
        ("train", "xx"),
        ("test", "xx"),
        ("tuning", "xx"),
    ]


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("a.csv", "text,label\nhi,x\n", "example 1 has no split"),
        ("a.csv", "text,label,split\nhi,x,train\n", "no example whose split is test"),
        ("a.csv", "text,label,split\nhi,x,other\n", "'other'"),
        ("a.jsonl", "{broken\n", "cannot be read"),
        ("a.jsonl", "7\n", "cannot be read"),
        ("a.xlsx", "", "has to end in"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, name, content, reason):
    with pytest.raises(BenchmarkFailed, match=reason):
        read(written(tmp_path, name, content))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(BenchmarkFailed, match="cannot be read"):
        read(tmp_path / "none.csv")
