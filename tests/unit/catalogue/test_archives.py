"""Zip and gzip files; all of them hand-made."""

import gzip
import io
import json
import stat
import struct
import zipfile

import pytest

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.archives import open_archive
from assistant.catalogue.importers.files.records import json_records
from assistant.settings import get_settings


def zipped(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return str(path)


def refused(path):
    with pytest.raises(ImportFailed) as caught:
        list(json_records(str(path), Reading()))
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)
    return str(caught.value)


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_MAX_SOURCE_SIZE", "200000")
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


def test_the_json_files_of_a_zip_are_read_in_name_order(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        [
            ("b/2.json", '[{"id":2}]'),
            ("a/1.jsonl", '{"id":1}\n'),
            ("README.md", "read me"),
            ("__MACOSX/a/._1.jsonl", "x"),
            (".hidden.json", "x"),
        ],
    )
    reading = Reading()
    records = list(json_records(path, reading))
    assert [record.data["id"] for record in records] == [1, 2] and not reading.skipped
    assert records[1].where == "a.zip, b/2.json, record 1"


def test_a_gzip_file_is_read_like_its_content(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id":1}\n{"id":2}\n'))
    assert [r.data["id"] for r in json_records(str(path), Reading())] == [1, 2]


def test_of_a_gzip_file_that_is_cut_the_whole_records_are_kept(tmp_path):
    text = json.dumps([{"id": number, "name": f"{number * 7919}"} for number in range(50_000)])
    content = gzip.compress(text.encode())
    path = tmp_path / "a.json.gz"
    path.write_bytes(content[: len(content) // 2])
    reading = Reading()
    records = list(json_records(str(path), reading))
    assert 1000 < len(records) < 50_000 and not reading.complete
    assert any("damaged or cut" in note for note in reading.notes)


@pytest.mark.parametrize("name", ["../evil.json", "/etc/evil.json", "a/../../b.json", "C:\\x.json"])
def test_a_path_that_leads_out_of_the_archive_is_refused(name, tmp_path):
    path = zipped(tmp_path / "a.zip", [("good.json", "[]"), (name, '[{"id":1}]')])
    assert "leads out" in refused(path)
    assert [item.name for item in tmp_path.iterdir()] == ["a.zip"]


def test_a_backslash_path_that_leads_out_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("..\\evil.json", "[]")])
    assert "leads out" in refused(path)


def test_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("passwords.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "a.zip", [(link, "/etc/passwd")])
    assert "link" in refused(path)


def test_an_archive_with_a_password_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.json", "[]")])
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(content))
    assert "password" in refused(path)


def test_a_bomb_is_refused_by_its_ratio(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.json", b"[" + b" " * 20_000_000 + b"]")])
    assert "bomb" in refused(path)


def test_a_bomb_in_gzip_is_refused_while_it_is_read(tmp_path):
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(b"[" + b" " * 30_000_000 + b"]"))
    assert "bomb" in refused(path)


def test_many_members_are_refused_by_their_total_size(tmp_path, small_limit):
    members = [(f"{number}.json", '["' + "x" * 1000 + '"]') for number in range(300)]
    assert "larger than 200000" in refused(zipped(tmp_path / "a.zip", members))


def test_a_large_file_is_refused(tmp_path, small_limit):
    path = tmp_path / "a.json"
    path.write_text('["' + "x" * 200_000 + '"]')
    assert "KUNTAOPAS_MAX_SOURCE_SIZE" in refused(path)


def test_a_size_that_is_a_lie_does_not_let_more_through(tmp_path):
    text = json.dumps([{"id": number} for number in range(10_000)]).encode()
    path = zipped(tmp_path / "a.zip", [("a.json", text)])
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(signature) + offset, 1000)
    (tmp_path / "a.zip").write_bytes(bytes(content))
    reading = Reading()
    try:
        found = len(list(json_records(path, reading)))
    except ImportFailed:
        found = 0
    assert found < 100 and (found == 0 or not reading.complete)


def test_an_archive_in_an_archive_is_skipped_with_its_reason(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.json", '[{"id":1}]')
    members = [("inner.zip", inner.getvalue()), ("a.json", '[{"id":2}]')]
    reading = Reading()
    records = list(json_records(zipped(tmp_path / "a.zip", members), reading))
    assert [record.data["id"] for record in records] == [2]
    assert reading.skipped[0].record == "a.zip, inner.zip" and not reading.complete


def test_a_broken_member_is_reported_and_the_others_are_read(tmp_path):
    members = [("a.json", "<html>"), ("b.json", '[{"id":2}]')]
    reading = Reading()
    records = list(json_records(zipped(tmp_path / "a.zip", members), reading))
    assert [record.data["id"] for record in records] == [2]
    assert reading.skipped[0].record == "a.zip, a.json" and "HTML" in reading.skipped[0].reason


def test_a_damaged_zip_fails_clearly(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.json", "[]")])
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:-30])
    assert "damaged" in refused(path)


def test_an_archive_without_json_says_so(tmp_path):
    assert "has no .json" in refused(zipped(tmp_path / "a.zip", [("a.txt", "x")]))


def test_members_are_read_as_streams_by_name(tmp_path):
    path = zipped(tmp_path / "package.zip", [("services.csv", "id,name\n1,a\n")])
    with open_archive(tmp_path / "package.zip", "package.zip") as archive:
        assert archive.names == ["services.csv"] and path.endswith("package.zip")
        with archive.open("services.csv") as stream:
            assert stream.read() == b"id,name\n1,a\n"
