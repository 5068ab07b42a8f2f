"""JSON as it is found. The payloads are hand-made; each has one thing wrong."""

import io
import json
import tracemalloc
from itertools import islice

import pytest

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.encodings import TextStream
from assistant.catalogue.importers.files.json_reader import JsonReader


def read(content, name="a.json", by_line=False):
    content = content if isinstance(content, bytes) else content.encode()
    reading = Reading()
    reader = JsonReader(TextStream(io.BytesIO(content)), name, reading, by_line)
    return list(reader.records()), reading, reader


def ids(content, **options):
    return [record.data["id"] for record in read(content, **options)[0]]


def unit(number, **more):
    return {"id": number, "name": f"Toimipiste {number}", "organization": {"id": 9}, **more}


@pytest.mark.parametrize(
    "content",
    [
        '[{"id":1},{"id":2}]',
        '{"itemList":[{"id":1},{"id":2}],"pageNumber":1,"pageCount":1}',
        '{"items":[{"id":1},{"id":2}],"totalPages":1}',
        '{"meta":{"next":null},"data":[{"id":1},{"id":2}]}',
        '{"count":2,"next":null,"results":[{"id":1},{"id":2}]}',
        '{"total_pages":1,"contents":[{"id":1},{"id":2}]}',
        '{"pages":[{"itemList":[{"id":1}]},{"itemList":[{"id":2}]}]}',
        '[{"pageNumber":1,"itemList":[{"id":1}]},{"pageNumber":2,"itemList":[{"id":2}]}]',
        '{"services":[{"id":1}],"channels":[{"id":2}]}',
        '{"data":{"services":[{"id":1},{"id":2}]}}',
        '{"type":"FeatureCollection","name":"x","features":[{"id":1},{"id":2}]}',
        '{"id":1}\n{"id":2}\n',
        '{"id":1}{"id":2}',
        '{\n "id":1\n}\n{\n "id":2\n}\n',
        '[{"id":1}]\n[{"id":2}]',
        '{"id":1},\n{"id":2},\n',
        '\ufeff[{"id":1},{"id":2}]',
        ')]}\',\n[{"id":1},{"id":2}]',
        'callback([{"id":1},{"id":2}]);',
        'var data = [{"id":1},{"id":2}];',
        '// c\n[{"id":1}, # two [\n/* {"id":7}, */ {"id":2},]\n// end',
        '[{"id":1 /* one */,},{"id":2, // two\n}]',
        '[[{"id":1}],[{"id":2}]]',
        '[{"id":1} {"id":2}]',
        '[{"id":1},,{"id":2}]',
    ],
)
def test_every_shape_gives_its_records_and_nothing_is_skipped(content):
    records, reading, _ = read(content)
    assert [record.data["id"] for record in records] == [1, 2]
    assert reading.skipped == [] and reading.complete


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read(encoding):
    records, reading, _ = read('[{"id":1,"name":"Päiväkoti 学校"}]'.encode(encoding))
    assert records[0].data["name"] == "Päiväkoti 学校" and reading.notes == []


def test_windows_1252_is_read_and_noted():
    records, reading, _ = read('[{"id":1,"name":"Päiväkoti – €"}]'.encode("cp1252"))
    assert records[0].data["name"] == "Päiväkoti – €" and "Windows-1252" in reading.notes[0]


def test_a_wrong_byte_far_into_a_file_does_not_harm_the_rest():
    good = '{"id":1,"name":"ä"},' * 60_000
    records, reading, _ = read(f"[{good}".encode() + b'{"id":2,"name":"\xe4"}]')
    assert len(records) == 60_001 and {record.data["name"] for record in records} == {"ä"}


def test_control_characters_and_numbers_that_are_none_are_read():
    records, _, _ = read('[{"id":1,"a":"x\ty\nz","b":NaN,"c":-Infinity}]')
    assert records[0].data == {"id": 1, "a": "x\ty\nz", "b": None, "c": None}


def test_half_characters_and_nul_are_taken_out_and_whole_ones_kept():
    records, _, _ = read('[{"id":1,"a\\ud800":"x\\udc00\\u0000y \\ud83d\\ude00"}]')
    assert records[0].data == {"id": 1, "a": "xy 😀"}


def test_a_key_twice_keeps_the_last_value_that_is_not_empty_and_is_noted():
    records, reading, _ = read('[{"id":1,"name":"a","name":""},{"id":2,"name":"a","name":"b"}]')
    assert [record.data["name"] for record in records] == ["a", "b"]
    assert "key twice" in reading.notes[0]


@pytest.mark.parametrize(
    "broken",
    [
        '{"id":2,"name":"B" "organization":{"id":9}}',
        '{"id":2,"name":"B,"organization":{"id":9}}',
        '{"id":2,"name":B","organization":{"id":9}}',
        '{"id":2,"name":"B","organization":{"id":9}',
        '{"id":2,"name":"B","organization":{"id":9}}}',
        '{"id":2,"name":"B","organization":[{"id":9}}',
        '{"id":2,"name":"B","organization":undefined}',
        '{"id":2,"name":"B","organization":{"id":' + "9" * 5000 + "}}",
        "oops",
        '"text',
    ],
)
def test_a_broken_record_in_a_list_loses_no_other_record(broken):
    first, *others = [json.dumps(unit(number)) for number in (1, 3, 4)]
    records, reading, _ = read(f"[{first},{broken},{','.join(others)}]")
    found = [record.data["id"] for record in records]
    assert [number for number in found if number != 2] == [1, 3, 4]
    assert not reading.complete
    remark = " ".join([*(f"{s.record} {s.reason}" for s in reading.skipped), *reading.notes])
    assert "a.json" in remark and "line 1, character" in remark


@pytest.mark.parametrize("wrapper", ["[%s]", '{"itemList":[%s],"pageCount":1}'])
@pytest.mark.parametrize("bracket", ["]", "}", "}]", "]}"])
def test_a_bracket_too_many_inside_a_record_does_not_end_the_list(bracket, wrapper):
    items = [json.dumps(unit(number)) for number in range(1, 6)]
    items[1] = items[1].replace(', "organization"', f'{bracket}, "organization"')
    records, reading, _ = read(wrapper % ",".join(items))
    found = [record.data["id"] for record in records if len(record.data) == 3]
    assert found == [1, 3, 4, 5] and not reading.complete


def test_a_nul_in_a_text_does_not_make_a_file_unreadable():
    assert ids('[{"id":1,"name":"a\0b"}]') == [1]


def test_the_first_record_may_be_the_broken_one():
    rest = ",".join(json.dumps(unit(number)) for number in (2, 3))
    records, reading, _ = read(f'[{{"id":1,"name":oops,"organization":{{"id":9}}}},{rest}]')
    assert [record.data["id"] for record in records] == [2, 3]
    assert reading.skipped[0].record == "a.json, record 1"


def test_a_broken_record_names_its_number_and_place():
    content = '[\n{"id":1,"name":"a"},\n{"id":2,"name":},\n{"id":3,"name":"c"}\n]'
    records, reading, _ = read(content)
    assert [record.where for record in records] == ["a.json, record 1", "a.json, record 3"]
    assert reading.skipped[0].record == "a.json, record 2"
    assert "line 3, character 16" in reading.skipped[0].reason and reading.read == 1


def test_a_broken_line_is_skipped_with_its_number():
    content = '{"id":1}\n{"id":2,"name":"x\n{"id":3}\nnot json\n{"id":4}\n'
    records, reading, _ = read(content, "a.jsonl", by_line=True)
    assert [record.data["id"] for record in records] == [1, 3, 4]
    assert [item.record for item in reading.skipped] == ["a.jsonl, line 2", "a.jsonl, line 4"]


def test_a_broken_page_in_an_envelope_keeps_its_good_records():
    good = ",".join(json.dumps(unit(number)) for number in (2, 3))
    records, _, reader = read(f'{{"pageNumber":1,"itemList":[{{"id":1,}}x,{good}],"pageCount":4}}')
    assert [record.data["id"] for record in records][-2:] == [2, 3]
    assert reader.envelopes[0] == {"pageNumber": 1, "pageCount": 4}


@pytest.mark.parametrize("shape", ["[%s]", '{"pageNumber":1,"itemList":[%s]}', "%s"])
def test_of_a_file_that_is_cut_every_whole_record_is_kept(shape):
    separator = "\n" if shape == "%s" else ","
    whole = shape % separator.join(json.dumps(unit(number)) for number in range(1, 8))
    cut = whole.index('"Toimipiste 5"') + 5
    records, reading, _ = read(whole[:cut])
    assert [record.data["id"] for record in records] == [1, 2, 3, 4]
    assert not reading.complete and reading.skipped


def test_a_cut_between_records_is_noticed():
    records, reading, _ = read('[{"id":1},{"id":2},')
    assert len(records) == 2 and not reading.complete and "too early" in reading.notes[0]


def test_nesting_too_deep_is_refused_for_its_record_alone():
    for depth in (300, 5000, 100_000):
        deep = "[" * depth + "]" * depth
        records, reading, _ = read(f'[{{"id":1,"x":{deep}}},{{"id":2,"x":1}}]')
        assert [record.data["id"] for record in records] == [2]
        assert "too deep" in reading.skipped[0].reason


@pytest.mark.parametrize(
    "content, what",
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><html><body>502</body></html>", "HTML page"),
        (b"\n<html>", "HTML page"),
        (b'<?xml version="1.0"?><a/>', "XML document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04\0", "zip"),
        (b"\xd0\xcf\x11\xe0", "Office"),
        (b"abc\0\0\0", "not text"),
        (b"hello", "not JSON"),
        (b'"a text"', "not JSON"),
        (b'{"id":1,"name":}', "line 1, character"),
    ],
)
def test_what_is_no_json_fails_in_one_line_that_says_what_it_is(content, what):
    with pytest.raises(ImportFailed) as caught:
        read(content)
    assert what in str(caught.value) and "\n" not in str(caught.value)
    assert str(caught.value).startswith("a.json: ")


def test_an_object_that_is_neither_record_nor_page_is_given_and_not_lost():
    records, _, _ = read('{"error":{"code":404}}')
    assert records[0].data == {"error": {"code": 404}}


def test_a_record_alone_has_the_name_of_its_file():
    records, _, _ = read('{"id":"1","addresses":[{"id":"2"}]}')
    assert [record.where for record in records] == ["a.json"]


def test_lists_of_words_beside_the_records_are_no_records():
    assert ids('{"languages":["fi","sv"],"data":[{"id":1}]}') == [1]


class _Generated(io.RawIOBase):
    """A long list that is made while it is read."""

    def __init__(self, size, begin, end):
        record = json.dumps(unit(1, description="Ohjausta ja neuvontaa. " * 40)).encode()
        self.count = size // len(record)
        self._pieces = iter([begin, *([record + b","] * (self.count - 1)), record, end])
        self._rest = b""

    def read(self, size=-1):
        while len(self._rest) < size:
            piece = b"".join(islice(self._pieces, 1000))
            if not piece:
                break
            self._rest += piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


@pytest.mark.parametrize("begin, end", [(b"[", b"]"), (b'{"pageNumber":1,"itemList":[', b"]}")])
def test_a_long_file_takes_little_memory(begin, end):
    source = _Generated(12_000_000, begin, end)
    tracemalloc.start()
    try:
        reader = JsonReader(TextStream(source), "a.json", Reading())
        found = sum(1 for _ in reader.records())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == source.count and peak < 25_000_000
