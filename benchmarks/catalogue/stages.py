"""What is measured of one catalogue: filling it, then opening and searching it.

Each runs in a fresh process (see `apart`), so that memory is its own and the first search is cold.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.catalogue import open_store, search
from assistant.catalogue.importers.base import Reading
from assistant.catalogue.importers.run import store_reading
from assistant.catalogue.model import Batch
from assistant.catalogue.store import CatalogueStore
from benchmarks.catalogue.apart import Tell
from benchmarks.catalogue.generate import PART, SOURCE, Catalogue
from benchmarks.catalogue.questions import WAYS, Question, meaning
from benchmarks.catalogue.texts import Texts
from benchmarks.processes import MEBI
from benchmarks.summary import percentile, summarise

#: Parts that are imported again, at most.
AGAIN = 2
CHANGED = 0.01


@dataclass
class Work:
    """Records and the seconds that they took."""

    records: int = 0
    services: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds if self.seconds else 0.0

    @property
    def service_rate(self) -> float:
        """Services a second."""
        return self.services / self.seconds if self.seconds else 0.0


@dataclass
class Filled:
    """How a catalogue was filled. Records are services, channels and organisations."""

    imported: Work = field(default_factory=Work)
    unchanged: Work = field(default_factory=Work)
    changed: Work = field(default_factory=Work)
    vectors: Work = field(default_factory=Work)
    peak_mib: float = 0.0
    load: float = 0.0


@dataclass
class Latency:
    """Milliseconds of the queries of one way; `cpu` is what this process computed of them."""

    median: float
    p95: float
    most: float
    cpu: float
    found: float  # share of the queries that found anything
    load: float


@dataclass
class Searched:
    """How a catalogue was opened and searched."""

    open_ms: float
    cold_ms: float
    second_ms: float
    rss_mib: float
    peak_mib: float
    ways: dict[str, Latency]


def parts(first: int, last: int, size: int = PART) -> list[tuple[int, int]]:
    """(number, services) of the parts that make a catalogue of `first` services one of `last`.

    Numbers are never used twice, whatever the sizes between.
    """
    return [(start, min(size, last - start)) for start in range(first, last, size)]


def fill(
    tell: Tell,
    url: str,
    texts: Texts,
    centres: dict[str, np.ndarray],
    first: int,
    last: int,
    part_size: int = PART,
) -> Filled:
    """Make a catalogue grow from `first` to `last` services; only the storing is timed.

    Args:
        tell: is told how far it is.
        url: of the catalogue.
        texts: what services are made of.
        centres: mean vectors of questions, as every catalogue in use has them.
        first: how many services the catalogue has.
        last: how many it is to have.
        part_size: services in a data set.
    """
    catalogue = Catalogue(texts)
    filled = Filled()
    with closing(open_store(url)) as store:
        wanted = parts(first, last, part_size)
        for number, size in wanted:
            batch = catalogue.part(number, size)
            _timed(store, filled.imported, number, batch)
            tell(f"imported {number + size}, {filled.imported.rate:.0f}/s")
        for number, size in wanted[:AGAIN]:
            batch = catalogue.part(number, size)
            _timed(store, filled.unchanged, number, batch)
            batch = catalogue.part(number, size, CHANGED)
            _timed(store, filled.changed, number, batch)
            _timed(store, Work(), number, catalogue.part(number, size))
        tell(f"again {filled.unchanged.rate:.0f}/s, 1 % changed {filled.changed.rate:.0f}/s")
        for number, size in wanted:
            batch = catalogue.part(number, size)
            vectors = catalogue.vectors(number, batch)
            started = time.perf_counter()
            store.replace(SOURCE, str(number), batch, vectors)
            _count(filled.vectors, batch, time.perf_counter() - started)
            tell(f"vectors {number + size}, {filled.vectors.service_rate:.0f} services/s")
        store.set_centres(centres)
    filled.peak_mib = _memory("VmHWM")
    filled.load = os.getloadavg()[0]
    return filled


def _timed(store: CatalogueStore, work: Work, number: int, batch: Batch) -> None:
    reading = Reading(batch, read=len(batch.services))
    started = time.perf_counter()
    store_reading(store, SOURCE, str(number), reading)
    _count(work, batch, time.perf_counter() - started)


def _count(work: Work, batch: Batch, seconds: float) -> None:
    work.records += len(batch.counted())
    work.services += len(batch.services)
    work.seconds += seconds


def ask(
    tell: Tell,
    url: str,
    questions: Sequence[Question],
    towns: Sequence[tuple[str, float, float]],
    runs: int = 1,
) -> Searched:
    """Open a catalogue and search it in every way; of several runs the best of each way counts."""
    before = _memory("VmRSS")
    started = time.perf_counter()
    with closing(open_store(url)) as store:
        opened = time.perf_counter() - started
        times = []
        for question in questions[:2]:
            started = time.perf_counter()
            search(store, meaning(0, question, towns))
            times.append(1000 * (time.perf_counter() - started))
        best: dict[str, Latency] = {}
        for run in range(runs):
            for name in WAYS:
                found = _latency(store, name, questions, towns)
                if name not in best or found.median < best[name].median:
                    best[name] = found
                times_ms = f"{found.median:.1f} / {found.p95:.1f} / {found.most:.0f} ms"
                tell(f"run {run + 1}, {name}: {times_ms}, {found.cpu:.1f} computed")
        rss = _memory("VmRSS") - before
        tell(f"open {1000 * opened:.0f} ms, first {times[0]:.0f} ms, {rss:.0f} MiB")
    return Searched(1000 * opened, times[0], times[-1], rss, _memory("VmHWM") - before, best)


def _latency(
    store: CatalogueStore,
    name: str,
    questions: Sequence[Question],
    towns: Sequence[tuple[str, float, float]],
) -> Latency:
    times, computed, found = [], [], 0
    for number, question in enumerate(questions):
        query = WAYS[name](number, question, towns)
        cpu, started = time.process_time(), time.perf_counter()
        found += bool(search(store, query))
        times.append(1000 * (time.perf_counter() - started))
        computed.append(1000 * (time.process_time() - cpu))
    summary = summarise(times)
    return Latency(
        median=summary.median,
        p95=summary.p95,
        most=max(times),
        cpu=percentile(computed, 0.5),
        found=found / len(questions),
        load=os.getloadavg()[0],
    )


def _memory(which: str, status: Path = Path("/proc/self/status")) -> float:
    """MiB of this process: `VmRSS` now, or `VmHWM` at most."""
    return _field(status.read_text().splitlines(), which) / MEBI


def _field(lines: Iterable[str], which: str) -> int:
    for line in lines:
        name, _, value = line.partition(":")
        if name == which:
            return int(value.split()[0]) * 1024
    return 0
