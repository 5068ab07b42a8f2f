"""Figures in texts against `data/guidance/facts.yml`: none is shown that no source has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Optional

from assistant.guidance.check.data import Entry, GuidanceData, Text
from assistant.guidance.check.figures import PERISHABLE, Figure, figures_in
from assistant.guidance.check.problem import Problem
from assistant.guidance.check.sources import addresses, host_of, is_known

#: `advice` is no fact, so it has no source.
ADVICE = "advice"
STATUSES = ("verified", "dated", "check", ADVICE)
FIELDS = ("figure", "means", "status", "checked")


@dataclass(frozen=True)
class Fact:
    """An entry of `facts.yml`."""

    entry: Entry
    figures: tuple[str, ...]
    #: Where it may stand; None is anywhere (telephone numbers).
    texts: Optional[tuple[str, ...]]
    sources: tuple[str, ...]
    status: str
    valid_until: Optional[date]

    def stands_in(self, identifier: str) -> bool:
        """True when the entry speaks of a text."""
        return self.texts is None or identifier in self.texts

    def covers(self, text: str, figure: Figure) -> bool:
        """True when a figure of a text is, or is part of, what the entry holds."""
        if figure.kind == "phone":
            return any(_compact(one) == _compact(figure.text) for one in self.figures)
        return any(
            found.start() <= figure.start and figure.end <= found.end()
            for one in self.figures
            for found in re.finditer(re.escape(one), text, re.IGNORECASE)
        )


def fact_problems(data: GuidanceData) -> Iterator[Problem]:
    """Figures without a source, or with one that does not hold, and entries that are wrong."""
    facts = []
    for entry in data.facts:
        found = [*_entry_problems(data, entry)]
        yield from found
        if not found:
            facts.append(_fact(entry))
    used: set[tuple[int, str]] = set()
    told: set[tuple[str, str, str]] = set()
    for text in data.texts():
        for figure in figures_in(text.text):
            for problem in _figure(data, facts, text, figure, used):
                # A guide says the same in several sentences.
                key = (problem.kind, problem.need, problem.detail)
                if key not in told:
                    told.add(key)
                    yield problem
    for number, fact in enumerate(facts):
        places = [(number, place) for place in fact.texts or ("",)]
        unused = [place for index, place in places if (index, place) not in used]
        if unused:
            where = ", ".join(place or "any text" for place in unused)
            detail = f"{', '.join(fact.figures)} is not in {where}"
            yield Problem("unused_fact", fact.entry.file, fact.entry.id, detail)


def _figure(
    data: GuidanceData,
    facts: list[Fact],
    text: Text,
    figure: Figure,
    used: set[tuple[int, str]],
) -> Iterator[Problem]:
    def problem(kind: str, detail: str) -> Problem:
        return Problem(kind, text.file, text.id, detail)

    if figure.kind == "web" and _is_cited_host(data, text, figure.text):
        return
    backing = [
        (number, fact)
        for number, fact in enumerate(facts)
        if fact.stands_in(text.id) and fact.covers(text.text, figure)
    ]
    if not backing:
        yield problem("figure_without_source", f"{figure.text!r} in {text.text!r}")
        return
    for number, fact in backing:
        used.add((number, text.id if fact.texts is not None else ""))
    best = [fact for _, fact in backing]
    if all(fact.status == "check" for fact in best):
        yield problem("figure_not_checked", f"{figure.text!r} in {text.text!r}")
    if figure.kind in PERISHABLE and all(fact.valid_until is None for fact in best):
        yield problem("perishable_without_end", repr(figure.text))
    facts_here = [fact for fact in best if fact.texts is not None and fact.status != ADVICE]
    if (
        facts_here
        and text.sources is not None
        and not any(set(fact.sources) & set(text.sources) for fact in facts_here)
    ):
        names = " or ".join(sorted({name for fact in facts_here for name in fact.sources}))
        yield problem("figure_not_cited", f"{figure.text!r} is from {names}")
    emergency = text.id.split("/")[0] == "emergency"
    if all(fact.status == "dated" for fact in best) and text.status == "verified" and not emergency:
        yield problem("dated_figure", repr(figure.text))


def _is_cited_host(data: GuidanceData, text: Text, address: str) -> bool:
    """True when a web address in a text is of a source that is cited beside it."""
    names = data.sources if text.sources is None else text.sources
    hosts = {
        host_of(url)
        for name in names
        if name in data.sources
        for url in addresses(data.sources[name])
    }
    url = address if "://" in address else f"https://{address}"
    return is_known(host_of(url), hosts)


def _entry_problems(data: GuidanceData, entry: Entry) -> Iterator[Problem]:
    def problem(detail: str) -> Problem:
        return Problem("bad_fact", entry.file, entry.id, detail)

    missing = [name for name in FIELDS if not entry.content.get(name)]
    if missing:
        yield problem(f"lacks {', '.join(missing)}")
        return
    fact = _fact(entry)
    if fact.status not in STATUSES:
        yield problem(f"status {fact.status!r} is not one of {', '.join(STATUSES)}")
    if entry.day("checked") is None:
        yield problem("checked is not a day")
    if not all(isinstance(one, str) for one in _listed(entry.content["figure"])):
        yield problem("put figures that are only digits in quotes")
    if fact.status != ADVICE and not fact.sources:
        yield problem("lacks sources")
    unknown = [name for name in fact.sources if name not in data.sources]
    if unknown:
        yield problem(f"unknown source {', '.join(unknown)}")
    elif fact.status == "verified" and all(
        data.sources[name].status != "verified" for name in fact.sources
    ):
        yield problem("verified, but every source of it is dated")
    if fact.texts is None and not all(_is_phone(one) for one in fact.figures):
        yield problem("lacks texts: only a telephone number may stand anywhere")


def _fact(entry: Entry) -> Fact:
    return Fact(
        entry=entry,
        figures=tuple(str(one) for one in _listed(entry.content["figure"])),
        texts=entry.names("texts") or None,
        sources=entry.names("sources"),
        status=entry.status,
        valid_until=entry.day("valid_until"),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_phone(text: str) -> bool:
    return [(one.kind, one.text) for one in figures_in(text)] == [("phone", text)]


def _compact(number: str) -> str:
    return re.sub(r"\s", "", number)
