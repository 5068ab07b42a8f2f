"""Messages of a month and a year alone, such as an answer to "When did you get your permit?".

Neighbouring languages share names of months ("مارس" is Arabic and Persian), so that such a
message says nothing against the language of the conversation.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.nlu.month_names import Month, month_names
from assistant.nlu.phrases import Phrases
from assistant.nlu.words import read_lists, tokenize
from assistant.settings import PROJECT_ROOT

DATES = PROJECT_ROOT / "data" / "gazetteers" / "dates.yml"


@lru_cache(maxsize=1)
def _months() -> Phrases[Month]:
    return month_names(read_lists(DATES))


def is_bare_month(text: str, language: str) -> bool:
    """True for a month's name in a language, with or without numbers, and nothing else."""
    words = [token.plain for token in tokenize(text) if token.plain]
    named, position = False, 0
    while position < len(words):
        if words[position][0].isdigit():
            position += 1
            continue
        found = _months().at(words, position)
        if found is None or language not in found[0].languages:
            return False
        named, position = True, position + found[1]
    return named
