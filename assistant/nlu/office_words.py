"""Finnish names of places, offices and services, which people write inside every language.

A message of such words alone ("alkukartoitus", "Espoo") says nothing about the language of a
conversation that has one already.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.guidance import load_guides
from assistant.nlu.gazetteers import Gazetteers
from assistant.nlu.name_entries import PLACES

#: Offices and things that no guide names in brackets.
OTHER_WORDS = "kela migri dvv vero verokortti wilma hsl yki tuva te toimisto suomi fi".split()
_BRACKETED = re.compile(r"\(([^()]+)\)")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    texts = [text for guide in load_guides().guides.values() for _, text in guide.texts()]
    terms = [term for text in texts for term in _BRACKETED.findall(text)]
    return frozenset(OTHER_WORDS) | {word.lower() for term in terms for word in _WORD.findall(term)}


def is_office_word(text: str) -> bool:
    """True for a message of Finnish place, office and service names alone."""
    words = _WORD.findall(text)
    if not words or len(words) > 4:
        return False
    if all(word.lower() in _office_words() for word in words):
        return True
    gazetteers = Gazetteers.load()
    places = [one for one in gazetteers.find(text, "fi") if one.entity in PLACES]
    return bool(places) and sum(one.end - one.start for one in places) >= len(text.strip()) - 1
