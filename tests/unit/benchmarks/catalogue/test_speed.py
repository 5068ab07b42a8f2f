"""The speed benchmark: its stages on a tiny catalogue, its processes, databases and table."""

import json
import os
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.catalogue import open_store
from benchmarks.catalogue import speed
from benchmarks.catalogue.apart import apart
from benchmarks.catalogue.generate import Catalogue
from benchmarks.catalogue.questions import WAYS, make_questions, question_centres
from benchmarks.catalogue.scratch import POSTGRESQL, SQLITE, scratch
from benchmarks.catalogue.speed_table import Measured, as_dict, compared, rows
from benchmarks.catalogue.stages import Filled, Latency, Searched, Work, ask, fill, parts
from benchmarks.catalogue.texts import chance_vectors, read_texts
from benchmarks.processes import BenchmarkFailed

SERVER = os.environ.get("KUNTAOPAS_TEST_POSTGRESQL", speed.SERVER)


def say_nothing(text):
    pass


@pytest.fixture(scope="module")
def texts():
    found = read_texts(Path("/nowhere"))
    chance_vectors(found, 8)
    return found


@pytest.fixture(scope="module")
def measured(texts, tmp_path_factory):
    """A catalogue of 50 services that has grown from 30, and what was told on the way."""
    url = str(tmp_path_factory.mktemp("speed") / "catalogue.db")
    questions, told = make_questions(texts, 10), []
    centres = question_centres(questions)
    fill(say_nothing, url, texts, centres, 0, 30, part_size=20)
    filled = fill(told.append, url, texts, centres, 30, 50, part_size=20)
    searched = ask(told.append, url, questions, Catalogue(texts).towns, runs=2)
    return url, filled, searched, told


def test_a_catalogue_grows_to_the_wanted_size(measured):
    url, filled, _, _ = measured
    store = open_store(url)
    assert store.count() == 50
    assert (filled.imported.services, filled.vectors.services) == (20, 20)
    store.close()


def test_records_are_services_channels_and_organisations(measured, texts):
    _, filled, _, _ = measured
    assert filled.imported.records == len(Catalogue(texts).part(30, 20).counted()) > 20
    assert filled.imported.rate > filled.imported.service_rate > 0


def test_every_way_of_searching_is_measured(measured):
    _, _, searched, _ = measured
    assert list(searched.ways) == list(WAYS)
    assert all(0 < way.median <= way.p95 <= way.most for way in searched.ways.values())
    assert any(way.found for way in searched.ways.values())
    assert searched.cold_ms > 0 and searched.open_ms > 0


def test_progress_is_told(measured):
    *_, told = measured
    assert any("imported 50" in line for line in told)
    assert any("run 2, near" in line for line in told)


@pytest.mark.parametrize("sizes", [(0, 20, 50), (0, 7, 60), (0, 50)])
def test_parts_make_up_the_sizes_and_none_is_made_twice(sizes):
    found = [part for first, last in zip(sizes, sizes[1:]) for part in parts(first, last, 20)]
    assert sum(size for _, size in found) == sizes[-1]
    assert len({number for number, _ in found}) == len(found)
    assert max(size for _, size in found) <= 20


def test_nothing_done_has_no_rate():
    assert Work().rate == Work().service_rate == 0


# Processes ----------------------------------------------------------------------------------


def answer(tell, value):
    tell("on the way")
    return value, os.getpid()


def fail(tell):
    raise ValueError("no good")


def end(tell):
    os._exit(3)


def test_work_apart_gives_its_result_from_another_process():
    told = []
    value, process = apart(answer, 7, tell=told.append)
    assert (value, told) == (7, ["on the way"])
    assert process != os.getpid()


@pytest.mark.parametrize("work, reason", [(fail, "ValueError: no good"), (end, r"ended \(3\)")])
def test_work_apart_that_fails_says_why(work, reason):
    with pytest.raises(BenchmarkFailed, match=reason):
        apart(work, tell=say_nothing)


# Databases ----------------------------------------------------------------------------------


def test_the_disk_of_sqlite_counts_its_log(tmp_path):
    with scratch(SQLITE, tmp_path, SERVER) as place:
        Path(place.url).write_bytes(b"12345")
        Path(f"{place.url}-wal").write_bytes(b"123")
        assert place.disk() == 8


def test_a_scratch_database_is_dropped_even_after_a_failure(tmp_path):
    name = ""
    try:
        with scratch(POSTGRESQL, tmp_path, SERVER) as place:
            name = place.url.rsplit("/", 1)[1]
            assert place.disk() > 0
            raise KeyError
    except BenchmarkFailed as error:
        pytest.skip(f"there is no PostgreSQL server for tests: {error}")
    except KeyError:
        pass
    with pytest.raises(Exception, match=name):
        place.disk()


def test_a_missing_server_is_told_in_one_line(tmp_path):
    pytest.importorskip("psycopg2")
    nobody = "postgresql://postgres@127.0.0.1:1/postgres"
    with pytest.raises(BenchmarkFailed, match="no scratch database"):
        with scratch(POSTGRESQL, tmp_path, nobody):
            pass


# The table ----------------------------------------------------------------------------------


def one(database, size, median):
    latency = Latency(median, 2 * median, 3 * median, median, 1.0, 0.1)
    searched = Searched(1.0, 50.0, 5.0, 10.0, 12.0, dict.fromkeys(WAYS, latency))
    work = Work(records=200, services=100, seconds=2.0)
    return Measured(database, size, Filled(work, work, work, work), searched, 2**20)


def line(found, title):
    kinds = list(dict.fromkeys(each.database for each in found))
    lines = list(rows(found, kinds))
    start = next(row for row, cells in enumerate(lines) if cells[0] == title)
    return lines[start : start + len({each.size for each in found})]


def test_the_table_has_growth_by_size_and_the_databases_side_by_side():
    found = [one(SQLITE, 10, 2.0), one(POSTGRESQL, 10, 3.0)]
    found += [one(SQLITE, 100, 4.0), one(POSTGRESQL, 100, 9.0)]
    assert line(found, "search, ms: near") == [
        ["search, ms: near", "10", "2.0 / 4.0 / 6", "", "3.0 / 6.0 / 9", "", "1.50"],
        ["", "100", "4.0 / 8.0 / 12", "2.00", "9.0 / 18.0 / 27", "3.00", "2.25"],
    ]


def test_one_database_has_no_ratio():
    assert line([one(SQLITE, 10, 2.0)], "import, records/s") == [
        ["import, records/s", "10", "100", ""]
    ]


def test_what_was_not_measured_leaves_its_cells_empty():
    found = [one(SQLITE, 10, 2.0), one(POSTGRESQL, 10, 3.0), one(SQLITE, 100, 4.0)]
    assert line(found, "disk, MiB")[1][4:] == ["", "", ""]
    assert compared(1.0, 0.0) == compared(None, 2.0) == ""


def test_the_load_is_not_compared():
    found = [one(SQLITE, 10, 2.0), one(SQLITE, 100, 2.0)]
    assert line(found, "load: import, search")[1][3] == ""


def test_the_figures_are_json_with_rates():
    told = json.loads(json.dumps(as_dict([one(SQLITE, 10, 2.0)], 28.0, "texts")))
    assert told["measured"][0]["filled"]["imported"]["rate"] == 100
    assert told["measured"][0]["searched"]["ways"]["near"]["median"] == 2


# The command --------------------------------------------------------------------------------


def test_sizes_are_put_in_order():
    assert speed.listed_sizes("500,20,500") == [20, 500]


@pytest.mark.parametrize("text", ["", "many", "0,20", "-5"])
def test_sizes_that_are_no_positive_numbers_are_refused(text):
    with pytest.raises(BenchmarkFailed, match="positive numbers"):
        speed.listed_sizes(text)


@pytest.fixture
def process(monkeypatch):
    """What the command does to its process, noted instead of done."""
    done = []
    monkeypatch.setattr(speed, "prepare", lambda: done.append("prepared"))
    monkeypatch.setattr(speed.signal, "signal", lambda number, act: done.append((number, act)))
    return done


def test_a_run_that_is_told_to_stop_ends_like_any_other_so_that_nothing_is_left(process):
    CliRunner().invoke(speed.app, ["--databases", "oracle"])
    (number, act) = process[-1]
    assert number == signal.SIGTERM
    with pytest.raises(SystemExit, match="told to end"):
        act(number, None)


def test_an_unknown_database_is_refused_in_one_line(process):
    result = CliRunner().invoke(speed.app, ["--databases", "oracle"])
    assert result.exit_code == 1
    assert "choose of sqlite, postgresql" in result.output


def test_the_command_measures_and_prints_json(monkeypatch, process, texts):
    def chance(found, encoder):
        chance_vectors(found, 8)

    monkeypatch.setattr(speed, "encode_texts", chance)
    monkeypatch.setattr(speed, "encoding_cost", lambda found: 28.0)
    monkeypatch.setattr(speed, "load_encoder", lambda name: None)
    monkeypatch.setattr(speed, "CachedEncoder", lambda encoder, path: None)
    monkeypatch.setattr(speed, "apart", lambda work, *given, tell: work(tell, *given))
    options = ["--sizes", "20", "--databases", "sqlite", "--queries", "10", "--json"]
    result = CliRunner().invoke(speed.app, [*options, "--sample", "/nowhere"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["made_of"] == "the own catalogue"
    assert told["measured"][0]["size"] == 20
    assert "sqlite 20: imported 20" in result.stderr
