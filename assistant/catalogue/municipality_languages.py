"""The official languages of municipalities, from `data/catalogue/municipality_languages.yml`."""

from __future__ import annotations

from functools import lru_cache
from typing import Optional

from assistant.catalogue.municipalities import DATA, read_yaml

#: Of a municipality that is not known, and of most.
FINNISH = ("fi",)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, tuple[str, ...]]:
    data = read_yaml(DATA / "municipality_languages.yml")
    return {
        code: tuple(group["languages"])
        for group in data["groups"]
        for code in group["municipalities"]
    }


def official_languages(code: Optional[str]) -> tuple[str, ...]:
    """`fi` and `sv` as a municipality has them, the majority's first; Finnish if not known."""
    return _by_code().get(code or "", FINNISH)


def official_language(code: Optional[str], language: str) -> str:
    """The official language in which a person writes to a municipality.

    Their own, if the municipality has it; else the language of its majority. When the municipality
    is not known, Swedish for a person who speaks Swedish and Finnish for everybody else.
    """
    languages = official_languages(code)
    if language in languages or (code is None and language == "sv"):
        return language
    return languages[0]
