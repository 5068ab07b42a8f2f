"""The three ways of searching the catalogue, measured on labelled needs.

    python -m benchmarks.catalogue.quality [--set single|everyday] [--split tune|test] [--json]

See tests/search/README.md. Choose on `tune` alone: single needs are told of it only.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from assistant.catalogue import SearchQuery, import_source, open_store, search
from assistant.catalogue.analysis import query_terms

# The centres of questions belong to every catalogue in use, and come with the own records that
# would here be among the hits.
from assistant.catalogue.build import _question_centres
from assistant.catalogue.store import CatalogueStore, Filter
from assistant.embedding import CachedEncoder, load_encoder
from assistant.errors import KuntaopasError
from assistant.settings import PROJECT_ROOT, get_settings
from benchmarks.catalogue.measures import DEEP, SHOWN, Measures, Place, mean, measure
from benchmarks.catalogue.needs import EVERYDAY, NEEDS, Need, load
from benchmarks.processes import BenchmarkFailed

SAMPLE = PROJECT_ROOT.parent / "shared/data/ptv/services_turku_oulu_mikkeli_national.jsonl"
PREFIX = "ptv:service:"
ALL, OTHERS = "all", "not fi"

#: (need, its sentence vector) -> ranked records
Method = Callable[[CatalogueStore, Need, np.ndarray], list[Place]]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Split(str, Enum):
    """Which half of the needs is measured."""

    tune = "tune"
    test = "test"


class NeedSet(str, Enum):
    """Which needs are measured."""

    single = "single"
    everyday = "everyday"


FILES = {NeedSet.single: NEEDS, NeedSet.everyday: EVERYDAY}


@dataclass(frozen=True)
class Result:
    """What was measured of one need with one method."""

    method: str
    need: Need
    measures: Measures


def lexical(store: CatalogueStore, need: Need, vector: np.ndarray) -> list[Place]:
    """Words alone."""
    terms = query_terms(need.text, need.language)
    return _places(store.lexical(terms, Filter(), DEEP) if terms else [])


def vectors(store: CatalogueStore, need: Need, vector: np.ndarray) -> list[Place]:
    """Meaning alone."""
    return _places([key for key, _ in store.nearest(vector, Filter())[:DEEP]])


def fused(store: CatalogueStore, need: Need, vector: np.ndarray) -> list[Place]:
    """What people get."""
    query = SearchQuery(text=need.text, vector=vector, language=need.language, limit=DEEP)
    return [_place(hit.service.id, *hit.others) for hit in search(store, query)]


METHODS: dict[str, Method] = {"lexical": lexical, "vectors": vectors, "fused": fused}


def _places(ids: Sequence[str]) -> list[Place]:
    return [_place(key) for key in ids]


def _place(*ids: str) -> Place:
    return frozenset(key.removeprefix(PREFIX) for key in ids)


def fill(store: CatalogueStore, sample: Path, encoder: CachedEncoder) -> None:
    """Import the sample, without the own catalogue."""
    import_source(store, "ptv", str(sample), encoder=encoder)
    store.set_centres(_question_centres(encoder))


def check_labels(store: CatalogueStore, needs: Sequence[Need]) -> None:
    """Labels of records that the catalogue does not hold would measure nothing.

    Raises:
        BenchmarkFailed: if there are such labels.
    """
    for need in needs:
        missing = [key for key in need.relevant if store.get(PREFIX + key) is None]
        if missing:
            raise BenchmarkFailed(f"{need.id}: {missing[0]} is not in the sample: is it another?")


def results(store: CatalogueStore, needs: Sequence[Need], encoder: CachedEncoder) -> list[Result]:
    """Every need with every method."""
    encoded = encoder.encode([need.text for need in needs])
    return [
        Result(name, need, measure(need, method(store, need, vector)))
        for name, method in METHODS.items()
        for need, vector in zip(needs, encoded)
    ]


def means(found: Sequence[Result]) -> dict[str, dict[str, Measures]]:
    """The means by method and language, for all languages but Finnish, and in all."""
    languages = [*dict.fromkeys(result.need.language for result in found)]
    groups: dict[str, tuple[str, ...]] = {language: (language,) for language in languages}
    groups[OTHERS] = tuple(language for language in languages if language != "fi")
    groups[ALL] = tuple(languages)
    return {
        method: {
            name: mean(
                [
                    result.measures
                    for result in found
                    if result.method == method and result.need.language in group
                ]
            )
            for name, group in groups.items()
            if group
        }
        for method in METHODS
    }


def as_dict(split: Split, needs: Sequence[Need], found: Sequence[Result]) -> dict[str, Any]:
    """The figures as JSON can hold them; those of single needs for `tune` only."""
    told: dict[str, Any] = {
        "split": split.value,
        "needs": len(needs),
        "fewer_than_ten_answers": sum(len(need.relevant) < SHOWN for need in needs),
        "methods": {
            method: {language: asdict(row) for language, row in rows.items()}
            for method, rows in means(found).items()
        },
    }
    if split is Split.tune:
        told["single"] = [
            {"id": result.need.id, "method": result.method, **asdict(result.measures)}
            for result in found
        ]
    return told


def show(split: Split, needs: Sequence[Need], found: Sequence[Result]) -> None:
    """Print a table."""
    few = sum(len(need.relevant) < SHOWN for need in needs)
    console = Console()
    console.print(
        f"{split.value}: {len(needs)} needs; {few} have fewer than {SHOWN} answers, so that P@10"
        " cannot reach 1"
    )
    table = Table("method", "language", "hit@10", "P@10", "of", "P@10 partly", "R@20", "MRR")
    for method, rows in means(found).items():
        for language, row in rows.items():
            shares = (row.hit, row.precision, row.reachable, row.precision_partly, row.recall)
            cells = [f"{share:.3f}" for share in (*shares, row.reciprocal_rank)]
            table.add_row(method, language, *cells, end_section=language == ALL)
    console.print(table)


@app.command()
def main(
    needs_of: NeedSet = typer.Option(NeedSet.single, "--set", help="Which needs"),
    split: Split = typer.Option(Split.tune, help="Choose on tune, publish test"),
    sample: Path = typer.Option(SAMPLE, help="The real records that the labels are about"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Measure words, sentence vectors and both fused on the labelled needs."""
    try:
        if not sample.is_file():
            raise BenchmarkFailed(f"the sample is not part of the project and not at {sample}")
        settings = get_settings()
        encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
        needs = load(split.value, FILES[needs_of])
        with tempfile.TemporaryDirectory() as folder:
            with closing(open_store(Path(folder) / "catalogue.db")) as store:
                fill(store, sample, encoder)
                check_labels(store, needs)
                found = results(store, needs, encoder)
    except KuntaopasError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from error
    if as_json:
        sys.stdout.write(json.dumps(as_dict(split, needs, found), indent=2) + "\n")
    else:
        show(split, needs, found)


if __name__ == "__main__":
    app()
