"""Which terms of a query are worth their price.

A term that half of the catalogue holds costs half of the catalogue and tells nothing. The
vocabulary says how many texts hold a term, so the rarest terms are taken until the number of
texts that they find is large enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from assistant.catalogue.analysis import QueryTerms
from assistant.catalogue.storage.database import rows, rows_in
from assistant.catalogue.storage.records import MAX_TERM

#: So many texts are ranked; those beyond are no better than chance.
MAX_RANKED = 10_000
#: Terms are added until they find about so many texts.
ENOUGH = 5_000
#: Reading the lists of texts of a term costs too, even if most of them do not pass the filter.
MAX_POSTINGS = 150_000

INDEXED = "indexed_texts"
#: Sorts after every sign that a word can have.
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True)
class PlannedTerm:
    """A term of a query; `weight` is high for a rare one."""

    text: str
    is_prefix: bool = False
    is_gram: bool = False
    weight: float = 1.0


def plan(
    connection: Connection, terms: QueryTerms, services: int, passing: float
) -> list[PlannedTerm]:
    """The terms to look for, rarest first; empty if the catalogue has none of them.

    Args:
        connection: a reading connection.
        terms: what the query looks for.
        services: how many services there are.
        passing: the share of the services that pass the filter.
    """
    share = _share_of_today(connection, services)
    found: list[tuple[float, PlannedTerm]] = []
    for kind, values in (("exact", terms.exact), ("prefix", terms.prefixes), ("gram", terms.grams)):
        for text, stored in _stored(connection, values, kind == "prefix").items():
            held = min(stored * share, services)
            weight = math.log(1 + (services - held + 0.5) / (held + 0.5))
            found.append((held, PlannedTerm(text, kind == "prefix", kind == "gram", weight)))
    found.sort(key=lambda item: item[0])
    chosen: list[PlannedTerm] = []
    postings = 0.0
    for held, term in found:
        postings += held
        if chosen and (postings * passing > ENOUGH or postings > MAX_POSTINGS):
            break
        chosen.append(term)
    return chosen


def _share_of_today(connection: Connection, services: int) -> float:
    """Services of today for each text that was ever stored: counts in the vocabulary only grow."""
    found = rows(connection, "SELECT value FROM notes WHERE name = ?", (INDEXED,))
    return services / max(int(found[0][0]) if found else 0, services, 1)


def _stored(connection: Connection, terms: Sequence[str], prefixes: bool) -> dict[str, int]:
    """How many texts held each term when they were stored; without those that none held."""
    terms = list(dict.fromkeys(term[:MAX_TERM] for term in terms))
    if not terms:
        return {}
    if not prefixes:
        return dict(
            rows_in(connection, "SELECT term, texts FROM vocabulary WHERE term IN ({})", terms)
        )
    one = "SELECT sum(texts) FROM vocabulary WHERE term >= ? AND term < ?"
    ends = [value for term in terms for value in (term, term + LAST_SIGN)]
    found = rows(connection, " UNION ALL ".join([one] * len(terms)), ends)
    return {term: int(row[0]) for term, row in zip(terms, found) if row[0]}
