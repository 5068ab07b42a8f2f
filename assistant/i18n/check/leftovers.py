"""English that was left inside a translation.

What is written alike because it is a name (of a service, an organisation) begins with capital
letters; Finnish terms stand in brackets in both texts, or are among `FINNISH_NAMES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.i18n.check.problem import Problem
from assistant.i18n.check.words import WORD, without_shared
from assistant.i18n.languages import LANGUAGES

#: Words of the source that follow each other in a translation too.
MIN_RUN = 3
#: A run is a name unless so many of its words are written small.
MIN_SMALL = 2
#: Names that are not in brackets: part of them is written small.
FINNISH_NAMES = ("Digi- ja väestötietovirasto", "Vailla vakinaista asuntoa")
#: Common English words that are no words of the served languages that have the Latin script.
ENGLISH = frozenset(
    "the and of your you with from this that which they their have when what who how "
    "would should before after".split()
)
#: So many of them in a translation are a leftover; one may be part of a name.
MIN_ENGLISH = 2
_ADDRESS = re.compile(r"\S*[\w-]\.[a-z]{2,}\S*|\S+@\S+")
_LATIN_SMALL = re.compile(r"(?<![A-Za-zÀ-ɏ])[a-z][a-z'-]+(?![A-Za-zÀ-ɏ])")


def check_leftovers(language: str, source: str, translation: str) -> Iterator[Problem]:
    """English words of the source inside of one translation."""
    source_text, text = without_shared(source, translation)
    found = " ".join(
        (_latin_words if LANGUAGES[language].script != "Latin" else _runs)(
            _bare(source_text), _bare(text)
        )
    )
    if found:
        yield Problem(language, "English left", source, found)


def _bare(text: str) -> str:
    """Without addresses and names whose words could be taken for English."""
    for name in FINNISH_NAMES:
        text = text.replace(name, "|")
    return _ADDRESS.sub("|", text)


def _latin_words(source: str, translation: str) -> list[str]:
    """English words in another script: words of the source, written small there."""
    small = set(_LATIN_SMALL.findall(source))
    return [word for word in _LATIN_SMALL.findall(translation) if word in small]


def _runs(source: str, translation: str) -> list[str]:
    """Words that follow each other in both, unless they are a name; or free English."""
    source_words = [word.lower() for word in WORD.findall(source)]
    words = WORD.findall(translation)
    for start in range(len(words) - MIN_RUN + 1):
        run = words[start : start + MIN_RUN]
        if sum(word[0].islower() for word in run) >= MIN_SMALL and _follow(source_words, run):
            return run
    english = [word for word in words if word in ENGLISH]
    return english if len(english) >= MIN_ENGLISH else []


def _follow(words: list[str], run: list[str]) -> bool:
    wanted = [word.lower() for word in run]
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words)))
