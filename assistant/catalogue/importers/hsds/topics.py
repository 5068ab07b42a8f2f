"""Topics of a service of Open Referral HSDS, from the taxonomy terms it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.catalogue.municipalities import DATA, read_yaml
from assistant.catalogue.topics import TOPICS

#: Codes of the AIRS/211 taxonomy: letters, a hyphen and groups of digits.
_AIRS = re.compile(r"^([A-Z]{1,2})(?:-\d{4}(?:[.-]\d+)*(?:-\d+)*)?$")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {topic: (topic,) for topic in TOPICS}
    for topic, names in read_yaml(DATA / "hsds_topics.yml")["names"].items():
        for name in names:
            if topic not in found.get(name, ()):
                found[name] = (*found.get(name, ()), topic)
    return found


@lru_cache(maxsize=1)
def _by_code() -> dict[str, str]:
    codes: dict[str, str] = read_yaml(DATA / "hsds_topics.yml")["codes"]
    return codes


def hsds_topics(terms: Iterable[tuple[str, str]]) -> list[str]:
    """The topics of taxonomy terms.

    Args:
        terms: (name, code) of each; either may be empty.
    """
    found: list[str] = []
    for name, code in terms:
        plain = " ".join(name.casefold().split())
        bare = re.sub(r"\s*\(.*\)$", "", plain)
        found += _by_name().get(plain) or _by_name().get(bare, ())
        found += _of_code(code)
    return list(dict.fromkeys(found))


def _of_code(code: str) -> list[str]:
    match = _AIRS.match(code.strip().upper())
    if match is None or "-" not in code:
        return []
    letters = match.group(1)
    return [topic for key in (letters, letters[0]) if (topic := _by_code().get(key))][:1]
