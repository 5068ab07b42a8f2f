"""The need model beside others: the same phrases, the same messages, one run.

    python -m benchmarks.nlu.compare --help

The groups of contenders are in `jobs`. Each is trained in a process of its own, one at a time;
nothing else should run meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Optional

import typer
from rich.console import Console

from assistant.environment import prepare
from assistant.errors import KuntaopasError
from benchmarks.nlu import data, intents
from benchmarks.nlu.children import Stopped, run
from benchmarks.nlu.jobs import BESIDE, JOBS, SLOW, Task
from benchmarks.nlu.measuring import encoding_cost, single_messages
from benchmarks.nlu.sampling import per_group, stratified
from benchmarks.nlu.table import Comparison, Section, as_dict, show
from benchmarks.processes import BenchmarkFailed

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
errors = Console(stderr=True)
#: Phrases that are encoded anew to see how long that takes.
ENCODED = 400


class Split(str, Enum):
    """Which of our messages the contenders are measured on."""

    development = "development"
    heldout = "heldout"


def load(split: Split, path: Optional[Path], sample: Optional[int], epochs: int) -> Task:
    """Phrases and messages, ours or those of a public set, and what their encoding costs."""
    pick: Optional[data.Pick] = None
    if sample is not None:
        pick = partial(stratified, count=sample)
    if path is None:
        tuning = data.messages("development")
        test = data.messages("heldout") if split is Split.heldout else tuning
        train = data.training_phrases(pick)
    else:
        found = intents.read(path)
        train = intents.messages(found, "train", pick)
        test, tuning = intents.messages(found, "test"), intents.messages(found, "tuning")
    if not train.texts or not test.texts:
        raise BenchmarkFailed("there are no training phrases or no messages to measure on")
    encoding = encoding_cost(single_messages(test), train.texts[:: len(train.texts) // ENCODED + 1])
    return Task(train, test, tuning, encoding, epochs)


def fewer(task: Task, kept: list[int]) -> Task:
    """The task with some of its training phrases."""
    chosen = set(kept)
    return replace(
        task, train=task.train.where(row in chosen for row in range(len(task.train.texts)))
    )


def listed(text: Optional[str]) -> list[str]:
    """The parts of a comma-separated option."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def wanted(only: Optional[str], slow: bool, public: bool) -> tuple[list[str], list[str]]:
    """Groups to run on all phrases, and on a sample.

    Args:
        only: names of groups, comma-separated; all if not given.
        slow: whether the slow ones are asked for.
        public: whether a public set is measured, where ours alone is run unless others are named.

    Raises:
        BenchmarkFailed: if a group does not exist, or is slow and that was not asked for.
    """
    names = listed(only) or (["ours"] if public else [*JOBS])
    unknown = [name for name in names if name not in {**JOBS, **SLOW}]
    if unknown:
        raise BenchmarkFailed(
            f"no group {', '.join(unknown)}: there are {', '.join({**JOBS, **SLOW})}"
        )
    if not slow and (refused := [name for name in names if name not in JOBS]):
        raise BenchmarkFailed(f"{', '.join(refused)} takes minutes: ask for it with --slow")
    late = [name for name in SLOW if slow and (not only or name in names)]
    return [name for name in JOBS if name in names], [*BESIDE, *late] if late else []


def rows(section: Section, names: list[str], task: Task, limit: float) -> Iterator[Stopped]:
    """Fill a section; tells of the groups that could not run, and goes on with the next."""
    for name in names:
        errors.print(f"{section.title}: {name}", markup=False)
        try:
            for row in run(name, task, limit):
                section.rows.append(row)
                told = row.accuracy.topic
                share = "" if told is None else f", topic {told:.3f}"
                errors.print(f"  {row.name}: {row.training.seconds:.1f} s{share}", markup=False)
        except Stopped as error:
            errors.print(f"  {error}", markup=False)
            yield error


def by_phrases(task: Task, counts: list[int], limit: float) -> tuple[Section, list[Stopped]]:
    """Ours by the number of phrases that a need has in a language."""
    section = Section("By phrases a need and language, weights set anew", len(task.train.texts))
    stopped: list[Stopped] = []
    for count in counts:
        part = fewer(task, per_group(task.train.labels, task.train.languages, count))
        of_count = Section(f"{count} phrases", len(part.train.texts))
        stopped += rows(of_count, ["anew"], part, limit)
        name = f"at most {count} ({of_count.phrases})"
        section.rows += [replace(row, name=name) for row in of_count.rows]
    return section, stopped


def numbers(text: str) -> list[int]:
    """Numbers of phrases, the least first.

    Raises:
        BenchmarkFailed: if there is something else in the text.
    """
    parts = listed(text)
    if not parts or not all(part.isascii() and part.isdigit() and int(part) for part in parts):
        raise BenchmarkFailed(f"--phrases has to be like 4,8,12 and not {text!r}")
    return sorted({int(part) for part in parts})


@app.command()
def main(
    split: Split = typer.Option(Split.development, help="The messages to measure on."),
    only: Optional[str] = typer.Option(None, help=f"Some groups: {', '.join({**JOBS, **SLOW})}."),
    sample: Optional[int] = typer.Option(None, min=50, help="Train on so many phrases."),
    slow: bool = typer.Option(False, help="Also DIET and the pipeline of `rasa init`."),
    slow_sample: int = typer.Option(2000, min=50, help="Phrases for the slow ones."),
    epochs: int = typer.Option(100, min=1, help="Epochs of the slow ones; Rasa's own are 100."),
    phrases: Optional[str] = typer.Option(
        None, help="Instead: ours with so many phrases a need and language, such as 4,8,12."
    ),
    public: Optional[Path] = typer.Option(
        None, "--intents", help="A public set (CSV, TSV, JSONL: text, label, split, lang)."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    limit: int = typer.Option(3600, min=1, help="Seconds that one contender may take."),
) -> None:
    """Compare the need model with others on the same phrases and messages."""
    prepare()
    try:
        counts = numbers(phrases) if phrases is not None else []
        names, sampled = wanted(only, slow, public is not None)
        load_before = os.getloadavg()[0]
        task = load(split, public, sample, epochs)
        found = Comparison(
            messages=public.name if public else split.value,
            count=len(task.test.texts),
            phrases=len(task.train.texts),
            encoding=task.encoding,
            load_before=load_before,
        )
        stopped: list[Stopped] = []
        if counts:
            section, stopped = by_phrases(task, counts, limit)
            found.sections.append(section)
        else:
            if names:
                found.sections.append(Section("All contenders", len(task.train.texts)))
                stopped += rows(found.sections[-1], names, task, limit)
            if sampled:
                chosen = stratified(task.train.labels, task.train.languages, slow_sample)
                part = fewer(task, chosen)
                title = "On a sample"
                found.sections.append(Section(title, len(part.train.texts)))
                stopped += rows(found.sections[-1], sampled, part, limit)
    except KuntaopasError as error:
        errors.print(str(error), style="red", markup=False)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    found.skipped = [str(error) for error in stopped]
    if as_json:
        sys.stdout.write(json.dumps(as_dict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        show(found, Console(width=max(Console().width, 120)))
    # A package that is not installed is no failure.
    if any(not error.missing for error in stopped):
        raise SystemExit(1)


if __name__ == "__main__":
    app()
