"""Files and folders of JSON; hand-made."""

import os

import pytest

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.records import check_pages, json_records


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_json", ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return str(folder)


def test_nested_folders_are_read_in_name_order_without_hidden_files(tmp_path):
    write(tmp_path, b_json='{"id":2}', a__x_json='{"id":1}', c__d__e_json='{"id":3}')
    (tmp_path / ".hidden.json").write_text("x")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "._b.json").write_text("x")
    reading = Reading()
    records = list(json_records(str(tmp_path), reading))
    assert [record.data["id"] for record in records] == [1, 2, 3] and not reading.skipped
    assert [record.where for record in records] == ["a/x.json", "b.json", "c/d/e.json"]


def test_what_cannot_be_read_in_a_folder_is_reported(tmp_path):
    write(tmp_path, a_json='{"id":1}', b_json="", c_json="<html></html>", d_json="[1,")
    os.mkfifo(tmp_path / "e.json")
    (tmp_path / "f.json").symlink_to(tmp_path / "nothing")
    reading = Reading()
    records = list(json_records(str(tmp_path), reading))
    assert records[0].data == {"id": 1} and not reading.complete
    assert [item.record for item in reading.skipped] == ["b.json", "c.json", "e.json", "f.json"]


def test_a_folder_with_nothing_to_read_fails(tmp_path):
    with pytest.raises(ImportFailed, match="has no JSON files"):
        list(json_records(str(tmp_path), Reading()))
    write(tmp_path, a_json="")
    with pytest.raises(ImportFailed, match="none of the files"):
        list(json_records(str(tmp_path), Reading()))


def test_an_error_names_the_whole_path_of_a_single_file(tmp_path):
    path = write(tmp_path, a_json="<html>") + "/a.json"
    with pytest.raises(ImportFailed) as caught:
        list(json_records(path, Reading()))
    assert str(caught.value) == f"{path}: this is an HTML page, not JSON"


def test_what_is_no_file_fails(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    for path in ("/dev/null", str(tmp_path / "pipe.json")):
        with pytest.raises(ImportFailed, match="not a file"):
            list(json_records(path, Reading()))
    with pytest.raises(ImportFailed, match="no such file"):
        list(json_records("a\0b", Reading()))


@pytest.mark.parametrize("number, count", [("pageNumber", "pageCount"), ("page", "totalPages")])
def test_missing_pages_of_files_are_noticed(number, count, tmp_path):
    for page in (1, 3):
        text = f'{{"{number}":{page},"{count}":3,"items":[{{"id":{page}}}]}}'
        (tmp_path / f"{page}.json").write_text(text)
    reading = Reading()
    assert len(list(json_records(str(tmp_path), reading))) == 2
    check_pages(reading)
    assert not reading.complete and reading.notes == ["2 of 3 pages were found"]
