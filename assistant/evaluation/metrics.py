"""Shares and confusions of (row, parsed) pairs.

A row is a labelled message of an evaluation set (see `datasets`), `parsed` is what was understood
of it (see `assistant.nlu.parse_result`). A figure of no messages is None.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Optional

Row = dict[str, Any]
Pair = tuple[Row, Row]
Share = Optional[float]
Shares = dict[str, Share]
Right = Callable[[Row, Row], bool]

DIGITS = 4
EXAMPLES = 3
OUT_OF_SCOPE, EMERGENCY, DOUBT = "out_of_scope", "emergency", "nlu_fallback"


def fitting_topics(row: Row) -> set[str]:
    """The topics that are right for a message: its own, and those of `also`."""
    return {row["topic"], *(identifier.split("/")[0] for identifier in row.get("also") or ())}


def topic_right(row: Row, parsed: Row) -> bool:
    """True when the topic is the right one, or another that fits as well."""
    return parsed["topic"] in fitting_topics(row)


def need_right(row: Row, parsed: Row) -> bool:
    """True when the need is right or fits as well: by its own id, or as any need of a topic."""
    found = _need_id(parsed)
    also = row.get("also") or ()
    return found == _need_id(row) or found in also or parsed["topic"] in also


def _need_id(row: Row) -> str:
    return f"{row['topic']}/{row.get('need') or ''}"


def language_right(row: Row, parsed: Row) -> bool:
    """True when the language is right."""
    return bool(parsed["language"] == row["lang"])


def rejected(row: Row, parsed: Row) -> bool:
    """True when a message was not answered: out of scope, or too doubtful to act on."""
    return parsed["topic"] == OUT_OF_SCOPE or parsed["intent"] == DOUBT


def emergency_found(row: Row, parsed: Row) -> bool:
    """True when the message was taken for an emergency."""
    return bool(parsed["emergency"])


def kind_right(row: Row, parsed: Row) -> bool:
    """True when the kind of danger is right."""
    return bool(parsed["need"] == row["kind"])


def share(pairs: Iterable[Pair], right: Right) -> Share:
    """How much of the pairs is right, between 0 and 1."""
    found = [right(row, parsed) for row, parsed in pairs]
    return round(sum(found) / len(found), DIGITS) if found else None


def groups(pairs: Iterable[Pair], key: str) -> dict[str, list[Pair]]:
    """The pairs by a field of the row, in alphabetical order."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[str(pair[0].get(key))].append(pair)
    return dict(sorted(found.items()))


def shares(pairs: Iterable[Pair], key: str, right: Right) -> Shares:
    """`share` by a field of the row."""
    return {name: share(group, right) for name, group in groups(pairs, key).items()}


def share_table(pairs: Iterable[Pair], outer: str, inner: str, right: Right) -> dict[str, Shares]:
    """`share` by two fields of the row."""
    return {name: shares(group, inner, right) for name, group in groups(pairs, outer).items()}


def confusions(pairs: Iterable[Pair]) -> list[Row]:
    """Topics that were taken for another one, most frequent first.

    Returns:
        `topic`, `taken_for`, `count` and some `examples` (`text`, `lang`, `style`) each.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row, parsed in pairs:
        if not topic_right(row, parsed):
            found[(row["topic"], parsed["topic"])].append(row)
    worst = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {
            "topic": topic,
            "taken_for": other,
            "count": len(rows),
            "examples": [
                {"text": row["text"], "lang": row["lang"], "style": row.get("style")}
                for row in _of_many_languages(rows)[:EXAMPLES]
            ],
        }
        for (topic, other), rows in worst
    ]


def _of_many_languages(rows: list[Row]) -> list[Row]:
    """The first message of each language, then the second of each, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for row in rows:
        turns.append(seen[row["lang"]])
        seen[row["lang"]] += 1
    order = sorted(range(len(rows)), key=lambda number: turns[number])
    return [rows[number] for number in order]
