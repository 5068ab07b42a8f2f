"""The figures of the speed of the catalogue as a table and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Optional

from rich.console import Console
from rich.table import Table

from benchmarks.catalogue.questions import WAYS
from benchmarks.catalogue.scratch import DATABASES, POSTGRESQL, SQLITE
from benchmarks.catalogue.stages import Filled, Searched
from benchmarks.processes import MEBI
from benchmarks.summary import ratio

RATIO = "postgresql / sqlite"


@dataclass(frozen=True)
class Measured:
    """One kind of database with one number of services."""

    database: str
    size: int
    filled: Filled
    searched: Searched
    disk: int


#: (title, the figure that growth and ratio compare or None, what is shown)
Line = tuple[str, Optional[Callable[[Measured], float]], Callable[[Measured], str]]
#: Columns where there is no terminal to tell how many there are.
WIDTH = 130


def _number(title: str, value: Callable[[Measured], float], form: str = ",.0f") -> Line:
    return title, value, lambda one: format(value(one), form)


def _way(name: str) -> Line:
    def median(one: Measured) -> float:
        return one.searched.ways[name].median

    def shown(one: Measured) -> str:
        found = one.searched.ways[name]
        return f"{found.median:.1f} / {found.p95:.1f} / {found.most:.0f}"

    return f"search, ms: {name}", median, shown


def _load(one: Measured) -> str:
    ways = one.searched.ways.values()
    return f"{one.filled.load:.1f}, {max(way.load for way in ways):.1f}"


LINES: tuple[Line, ...] = (
    _number("import, records/s", lambda one: one.filled.imported.rate),
    _number("unchanged again, records/s", lambda one: one.filled.unchanged.rate),
    _number("1 % changed, records/s", lambda one: one.filled.changed.rate),
    _number("vectors stored, services/s", lambda one: one.filled.vectors.service_rate),
    *(_way(name) for name in WAYS),
    _number("open, ms", lambda one: one.searched.open_ms),
    _number("first search, ms", lambda one: one.searched.cold_ms),
    _number("second search, ms", lambda one: one.searched.second_ms),
    _number("memory, MiB", lambda one: one.searched.rss_mib),
    _number("disk, MiB", lambda one: one.disk / MEBI),
    ("load: import, search", None, _load),
)


def compared(now: Optional[float], before: Optional[float]) -> str:
    """How many times the figure before; empty where one of them is missing or nothing."""
    return f"{ratio(now, before):.2f}" if now is not None and before else ""


def show(found: Sequence[Measured], encoding_ms: float, origin: str) -> None:
    """Print a table: each figure by size, the databases side by side."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    console.print(f"Made of {origin}. Search: median / 95 % within / slowest.")
    console.print(f"The sentence vector of a record takes {encoding_ms:.1f} ms besides.")
    kinds = list(dict.fromkeys(one.database for one in found))
    columns = [name for kind in kinds for name in (kind, "growth")]
    table = Table("", "services", *columns, *([RATIO] if set(DATABASES) <= set(kinds) else []))
    for cells in rows(found, kinds):
        table.add_row(*cells, end_section=False)
    console.print(table)


def rows(found: Sequence[Measured], kinds: Sequence[str]) -> Iterator[list[str]]:
    """The cells of the table, line by line."""
    known = {(one.database, one.size): one for one in found}
    sizes = sorted({one.size for one in found})
    for title, value, shown in LINES:
        before: dict[str, float] = {}
        for row, size in enumerate(sizes):
            cells = [title if row == 0 else "", f"{size:,}"]
            figures: dict[str, float] = {}
            for kind in kinds:
                one = known.get((kind, size))
                if one is not None and value is not None:
                    figures[kind] = value(one)
                cells.append(shown(one) if one is not None else "")
                cells.append(compared(figures.get(kind), before.get(kind)))
            if set(DATABASES) <= set(kinds):
                cells.append(compared(figures.get(POSTGRESQL), figures.get(SQLITE)))
            before = figures
            yield cells


def as_dict(found: Sequence[Measured], encoding_ms: float, origin: str) -> dict[str, Any]:
    """The figures as JSON can hold them."""
    told = [asdict(one) for one in found]
    for row, one in zip(told, found):
        for name in ("imported", "unchanged", "changed", "vectors"):
            row["filled"][name]["rate"] = getattr(one.filled, name).rate
    return {"made_of": origin, "encoding_ms": encoding_ms, "measured": told}
