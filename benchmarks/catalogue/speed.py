"""How fast the catalogue is imported and searched, by its size, on SQLite and PostgreSQL.

    python -m benchmarks.catalogue.speed [--sizes 2000,20000] [--databases sqlite] [--json]

One catalogue a database grows from size to size; all of it is removed at the end.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import typer

from assistant.embedding import CachedEncoder, load_encoder
from assistant.environment import prepare
from assistant.errors import KuntaopasError
from assistant.settings import get_settings
from benchmarks.catalogue.apart import apart
from benchmarks.catalogue.generate import Catalogue
from benchmarks.catalogue.questions import make_questions, question_centres
from benchmarks.catalogue.scratch import DATABASES, scratch
from benchmarks.catalogue.speed_table import Measured, as_dict, show
from benchmarks.catalogue.stages import ask, fill
from benchmarks.catalogue.texts import SAMPLE, Texts, encode_texts, read_texts
from benchmarks.processes import MEBI, BenchmarkFailed

SIZES = "2000,20000,200000,500000"
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
#: Records that are encoded anew to see how long that takes.
ENCODED = 64

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def tell(prefix: str, text: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{prefix}: {text}\n")
    sys.stderr.flush()


def stop(*_: object) -> None:
    """End when told to, and say that it was no failure of the measurement."""
    sys.exit("stopped: the process was told to end")


def listed_sizes(text: str) -> list[int]:
    """The sizes of an option, ascending.

    Raises:
        BenchmarkFailed: if they are no positive numbers.
    """
    try:
        sizes = sorted({int(part) for part in text.split(",")})
    except ValueError:
        sizes = []
    if not sizes or sizes[0] < 1:
        raise BenchmarkFailed(f"{text!r}: sizes are positive numbers with commas between them")
    return sizes


def listed_databases(text: str) -> list[str]:
    """The databases of an option.

    Raises:
        BenchmarkFailed: if one is not known.
    """
    kinds = list(dict.fromkeys(part.strip() for part in text.split(",")))
    for kind in kinds:
        if kind not in DATABASES:
            raise BenchmarkFailed(f"{kind!r}: choose of {', '.join(DATABASES)}")
    return kinds


def encoding_cost(texts: Texts) -> float:
    """Milliseconds to encode the name and the summary of a record."""
    known = texts["fi"]
    step = len(known.names) // ENCODED + 1
    pairs = [f"{n}. {s}" for n, s in zip(known.names[::step], known.summaries[::step])]
    encoder = load_encoder(get_settings().encoder)
    encoder.encode(pairs[:2], "passage")
    started = time.perf_counter()
    encoder.encode(pairs, "passage")
    return 1000 * (time.perf_counter() - started) / len(pairs)


@app.command()
def main(
    sizes: str = typer.Option(SIZES, help="Numbers of services"),
    databases: str = typer.Option(",".join(DATABASES), help="Kinds of databases"),
    queries: int = typer.Option(200, min=10, help="Questions in each way of searching"),
    runs: int = typer.Option(1, min=1, help="The best of so many runs of the searches"),
    server: str = typer.Option(SERVER, help="PostgreSQL server with the right to make databases"),
    sample: Path = typer.Option(SAMPLE, help="Real records; without them the own catalogue"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Measure import, search, memory and disk in scratch databases."""
    prepare()
    # Without this a run that is told to stop would leave its databases behind.
    signal.signal(signal.SIGTERM, stop)
    try:
        wanted, kinds = listed_sizes(sizes), listed_databases(databases)
        settings = get_settings()
        texts = read_texts(sample)
        encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
        encode_texts(texts, encoder)
        questions = make_questions(texts, queries, encoder)
        encoding_ms = encoding_cost(texts)
        centres = question_centres(questions)
        towns = Catalogue(texts).towns
        found: list[Measured] = []
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            places = [stack.enter_context(scratch(kind, folder, server)) for kind in kinds]
            for first, last in zip([0, *wanted], wanted):
                for place in places:
                    say = partial(tell, f"{place.kind} {last}")
                    filled = apart(fill, place.url, texts, centres, first, last, tell=say)
                    searched = apart(ask, place.url, questions, towns, runs, tell=say)
                    found.append(Measured(place.kind, last, filled, searched, place.disk()))
                    say(f"{found[-1].disk / MEBI:,.0f} MiB on disk")
    except KuntaopasError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from error
    origin = f"{sample.name} and the own catalogue" if sample.exists() else "the own catalogue"
    if as_json:
        sys.stdout.write(json.dumps(as_dict(found, encoding_ms, origin), indent=2) + "\n")
    else:
        show(found, encoding_ms, origin)


if __name__ == "__main__":
    app()
