"""How much an answer gives to read at once, in every language: guides, and the assessment's answer.

A person reads on a phone, perhaps in a language that is new: an answer is short, or it is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from statistics import median
from typing import Any

from assistant.dialogue.assessment_answer import opening_parts, remember_text
from assistant.dialogue.guide_text import guide_screens, guide_text
from assistant.dialogue.packing import MOST_WORDS, packed
from assistant.guidance import load_guides
from assistant.guidance.assessment import PERMITS, SITUATIONS, assess
from assistant.i18n import COMPLETE, Translator, translator
from assistant.i18n.check import Problem
from assistant.i18n.check.words import count_words

#: Half of the messages that answer a need have at most so many words.
AIM = 60
EMERGENCY = "emergency"
ASSESSMENT = "assessment"
#: Days since the first permit: none is known, within the three years of the law, long ago.
PERMIT_AGES = (None, 365, 3000)
#: One of usual length.
MUNICIPALITY = "Lappeenranta"


@dataclass(frozen=True)
class Screen:
    """A message as a person reads it.

    Attributes:
        name: the id of the need, or `assessment/<message>` of its personal answer.
        language: of the text.
        words: as `count_words` counts them.
    """

    name: str
    language: str
    words: float

    @property
    def is_guide(self) -> bool:
        """True for the answer to a need, not for one to a person's own case."""
        return not self.name.startswith(f"{ASSESSMENT}/")


def measure_screens(languages: Sequence[str] = COMPLETE) -> list[Screen]:
    """The messages of every guide, and the longest of each kind that the assessment sends."""
    results = _assessment_results()
    screens = []
    for code in languages:
        texts = translator(code)
        for identifier, guide in load_guides().guides.items():
            # An emergency is answered by one message, whatever else is going on.
            urgent = guide.topic == EMERGENCY
            shown = [guide_text(guide, texts)] if urgent else guide_screens(guide, texts)
            screens += [Screen(identifier, code, count_words(text, code)) for text in shown]
        for name, messages in _assessment_messages(results, texts).items():
            words = max(count_words(text, code) for text in messages)
            screens.append(Screen(f"{ASSESSMENT}/{name}", code, words))
    return screens


def check_screens(screens: Iterable[Screen]) -> Iterator[Problem]:
    """The messages that are too long, by name, the longest language first."""
    too_long = [screen for screen in screens if screen.words > MOST_WORDS]
    for screen in sorted(too_long, key=lambda screen: (screen.name, -screen.words)):
        detail = f"{screen.words:.0f} words on a screen (at most {MOST_WORDS})"
        yield Problem(screen.language, "long answer", screen.name, detail)


def median_words(screens: Iterable[Screen]) -> dict[str, float]:
    """Half of the guides of a language have at most so many words."""
    words: dict[str, list[float]] = {}
    for screen in screens:
        if screen.is_guide:
            words.setdefault(screen.language, []).append(screen.words)
    return {language: round(median(counts), 1) for language, counts in words.items()}


def _assessment_results() -> list[dict[str, Any]]:
    """What the rules say in the cases that they tell apart."""
    today = date.today()
    results: dict[str, dict[str, Any]] = {}
    for permit, situation, days in product(PERMITS, SITUATIONS, PERMIT_AGES):
        first = (today - timedelta(days)).isoformat() if days is not None else None
        case = {"permit": permit, "situation": situation, "first_permit_date": first}
        result = assess({**case, "has_municipality_of_residence": True}, on=today)
        results.setdefault(
            repr([result[key] for key in ("responsible", "entitlement", "steps", "cautions")]),
            result,
        )
    return list(results.values())


def _assessment_messages(
    results: Iterable[dict[str, Any]], texts: Translator
) -> dict[str, list[str]]:
    """The texts of the messages that answer a case, as `assessment_messages` makes them."""
    results = list(results)
    language = texts.language
    others = [
        [remember_text(one, texts, (part,)) for part in ("refusal", "know")] for one in results
    ]
    return {
        "whom_to_ask": _all((opening_parts(one, texts, MUNICIPALITY) for one in results), language),
        "meeting": [remember_text(one, texts, ("meeting",)) for one in results],
        "refusal_and_more": _all(others, language),
    }


def _all(answers: Iterable[Iterable[str]], language: str) -> list[str]:
    """The messages of many answers."""
    return [text for parts in answers for text in packed(parts, language)]
