"""Which language a short message is written in.

Three sources are multiplied: lingua's n-gram models restricted to the served languages, a naive
Bayes model over character n-grams of our own training phrases (chat style, romanised Arabic,
Persian and Russian included), and the language that the conversation has had so far.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import numpy as np

from assistant.i18n.languages import SERVED
from assistant.nlu.folding import without_marks
from assistant.nlu.gazetteers import Gazetteers
from assistant.nlu.known_languages import languages_of
from assistant.nlu.letters import FEATURES, ngram_counter
from assistant.nlu.mark_restorer import MANY_MARKS, share_of_marks
from assistant.nlu.office_words import OTHER_WORDS
from assistant.nlu.romanisation import ROMANISED
from assistant.nlu.text import script_counts

#: Weights of the sources in the log-linear mix; set on the training phrases, not on held-out text.
LINGUA_WEIGHT, BAYES_WEIGHT = 0.5, 1.0
BAYES_TEMPERATURE = 2.0
#: Added to the counts of the language with the most text, and to others in proportion.
SMOOTHING = 0.1
#: How much likelier the conversation's own language is than another, in nats.
CONVERSATION_BONUS = 2.5
#: English is what people write when they do not expect their own language to be understood.
ENGLISH_BONUS = 0.5
#: People who write a language that is not served are fewer: what a message has to show beyond.
OTHER_PENALTY = 0.7
#: "Moi" opens a chat with a Finnish office; that it is a French word as well matters little here.
FINNISH_GREETINGS = frozenset({"moi", "moi moi", "moikka", "hei", "terve"})
#: A Finnish word of so many letters that stands in phrases of more than so many languages besides
#: is a term that people use in every language.
TERM_LETTERS, TERM_LANGUAGES = 5, 3
#: What such a term speaks for Finnish all the same, in nats.
TERM_BONUS = 1.0
_WORD, _MARKS = re.compile(r"[^\W\d_]+"), ".,!?:;()\"'«»…"
#: From this share on a phrase counts as one of another language than its folder's.
FOREIGN = 0.75
#: A class of the model that a language does not have.
NO_CLASS = -50.0


@dataclass(frozen=True)
class Identification:
    """A language with its probability among the candidates (0 to 1)."""

    code: Optional[str]
    confidence: float


@lru_cache(maxsize=1)
def _lingua_codes() -> dict[str, Any]:
    """The served languages that lingua knows; others are found by their sentences alone."""
    from lingua import IsoCode639_1

    found = {code: getattr(IsoCode639_1, code.upper(), None) for code in SERVED}
    return {code: its_own for code, its_own in found.items() if its_own is not None}


@lru_cache(maxsize=1)
def _lingua() -> Any:
    from lingua import LanguageDetectorBuilder

    return (
        LanguageDetectorBuilder.from_iso_codes_639_1(*_lingua_codes().values())
        .with_preloaded_language_models()
        .build()
    )


def _script(text: str) -> Optional[str]:
    """The script that decides which languages a text can be in; None for a text of no letters."""
    counts = script_counts(text)
    if not counts:
        return None
    script = counts.most_common(1)[0][0]
    if counts["Kana"] and script in ("Han", "Kana"):
        script = "Kana"
    # A Finnish office or place name inside another script's text does not make it Latin.
    for other in ("Arabic", "Cyrillic", "Han"):
        if script == "Latin" and counts[other] * 2 > counts["Latin"]:
            script = other
    return script


class LanguageModel:
    """Identifies the language of a message."""

    def __init__(
        self, languages: Sequence[str], log_probabilities: np.ndarray, terms: Iterable[str]
    ) -> None:
        """Make a model of its parts.

        Args:
            languages: codes, one a row; `ar-Latn` is Arabic in Latin letters, `vi-plain` is
                Vietnamese without marks.
            log_probabilities: float32 array (len(languages), FEATURES), log P(n-gram | language).
            terms: Finnish words that people use inside other languages.
        """
        self.languages = list(languages)
        self.terms = frozenset(terms)
        self._log_probabilities = log_probabilities
        self._vectorizer = ngram_counter(1, 4)

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[str]) -> LanguageModel:
        """Learn character n-grams of texts whose language is known (Laplace smoothing .1).

        Romanised phrases make a class of their own, so that they do not share their language's
        probabilities with its own script, and so do texts without the marks of a language that
        has many. Phrases in words of another language ("verokortti" typed by an Arabic speaker)
        teach nothing about their own and are left out.
        """
        much_marked = _much_marked(texts, languages)
        kept = [
            (text.lower(), _class_of(text, code))
            for text, code in zip(texts, languages)
            if not _looks_foreign(text, code, code in much_marked)
        ]
        kept += [
            (without_marks(text), _plain_class(name)) for text, name in kept if name in much_marked
        ]
        labels = np.array([name for _, name in kept])
        known = sorted(set(labels))
        counts = ngram_counter(1, 4).transform([text for text, _ in kept])
        table = np.zeros((len(known), FEATURES), dtype=np.float32)
        sums = [np.asarray(counts[labels == code].sum(axis=0)).ravel() for code in known]
        most = max(float(one.sum()) for one in sums)
        for row, totals in enumerate(sums):
            # An n-gram that a language has not shown is as unlikely in every one of them, however
            # few texts there are of it.
            totals = totals + SMOOTHING * totals.sum() / most
            table[row] = np.log(totals / totals.sum())
        return cls(known, table, _finnish_terms(texts, languages))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        np.savez_compressed(
            folder / "language_model.npz", table=self._log_probabilities.astype(np.float16)
        )
        names = {"languages": self.languages, "terms": sorted(self.terms)}
        (folder / "languages.json").write_text(json.dumps(names), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Read a model that `save` wrote."""
        names = json.loads((folder / "languages.json").read_text(encoding="utf-8"))
        with np.load(folder / "language_model.npz") as stored:
            model = cls(names["languages"], stored["table"].astype(np.float32), names["terms"])
        _lingua()  # its models take seconds to load: not while a person waits
        return model

    def identify(self, text: str, conversation: Optional[str] = None) -> Identification:
        """The language of a text.

        Args:
            text: a message.
            conversation: language of the conversation so far, if any.

        Returns:
            The likeliest language; code None when the text has no letters.
        """
        scores = self.scores(text, conversation)
        if not scores:
            return Identification(conversation, 0.0)
        code = max(scores, key=lambda key: scores[key])
        return Identification(code, scores[code])

    def scores(self, text: str, conversation: Optional[str] = None) -> dict[str, float]:
        """Probabilities of the candidate languages, summing to 1; none for a text of no letters."""
        if text.lower().strip(" !.,") in FINNISH_GREETINGS and conversation in (None, "fi"):
            return {"fi": 1.0}
        bare = self._without_terms(text)
        has_terms, text = bare != text, bare
        script = _script(text)
        candidates = languages_of(script) if script is not None else ()
        if len(candidates) <= 1:
            return dict.fromkeys(candidates, 1.0)
        logs = np.zeros(len(candidates))
        bayes = self._bayes(text, candidates, latin=script == "Latin")
        lingua = self._lingua_scores(text)
        floor = min((value for value in lingua.values()), default=1e-3)
        for position, code in enumerate(candidates):
            logs[position] += BAYES_WEIGHT * bayes.get(code, NO_CLASS)
            probability = lingua.get(code, 0.0)
            # Lingua has no opinion on languages that it was not asked about, on romanised text and
            # on text without its marks: it neither helps nor rules them out.
            strange = code not in _lingua_codes() or self._is_typed_otherwise(code, text, script)
            logs[position] += LINGUA_WEIGHT * np.log(
                max(probability, 0.02 if strange else min(floor, 1e-4), 1e-6)
            )
            if code == conversation:
                logs[position] += CONVERSATION_BONUS
            elif code == "en":
                logs[position] += ENGLISH_BONUS
            elif code not in SERVED:
                logs[position] -= OTHER_PENALTY
            if has_terms and code == "fi":
                logs[position] += TERM_BONUS
        logs -= logs.max()
        weights = np.exp(logs)
        weights /= weights.sum()
        return {code: float(weight) for code, weight in zip(candidates, weights)}

    def _without_terms(self, text: str) -> str:
        """The text without Finnish terms and place names, if other words are left.

        They stand inside every language and say nothing about it.
        """
        places = [
            one
            for one in Gazetteers.load().find(text, None)
            if one.entity in ("municipality", "district") and one.text[0] < "\u0250"
        ]
        for place in reversed(places):
            text_without = text[: place.start] + " " + text[place.end :]
            text = text_without if _WORD.search(text_without) else text
        kept = [word for word in text.split() if word.lower().strip(_MARKS) not in self.terms]
        return " ".join(kept) if _WORD.search(" ".join(kept)) else text

    def _is_typed_otherwise(self, code: str, text: str, script: Optional[str]) -> bool:
        """Whether a text would be romanised, or without its marks, if it were in this language."""
        romanised = code in ROMANISED and script == "Latin"
        return romanised or (text.isascii() and _plain_class(code) in self.languages)

    def _bayes(self, text: str, candidates: Sequence[str], latin: bool) -> dict[str, float]:
        counts = self._vectorizer.transform([text.lower()])
        total = float(counts.sum())
        if not total:
            return {}
        sums = np.asarray(counts @ self._log_probabilities.T).ravel()
        # n-grams overlap, so their evidence is not independent: temper it by the square root.
        tempered = sums / (BAYES_TEMPERATURE * np.sqrt(total))
        by_class = dict(zip(self.languages, tempered - tempered.max()))
        if not latin:
            return by_class
        return {
            code: max(
                by_class.get(name, NO_CLASS) for name in (_latin_class(code), _plain_class(code))
            )
            for code in candidates
        }

    @staticmethod
    def _lingua_scores(text: str) -> dict[str, float]:
        return {
            value.language.iso_code_639_1.name.lower(): value.value
            for value in _lingua().compute_language_confidence_values(text[:400])
        }


def _finnish_terms(texts: Sequence[str], languages: Sequence[str]) -> set[str]:
    """Words of Finnish phrases that phrases of several unrelated languages have too."""
    seen: dict[str, set[str]] = defaultdict(set)
    for text, code in zip(texts, languages):
        if code not in ("sv", "et"):
            for word in _WORD.findall(text.lower()):
                if len(word) >= TERM_LETTERS:
                    seen[word].add(code)
    return {
        word for word, codes in seen.items() if "fi" in codes and len(codes) > TERM_LANGUAGES
    } | set(OTHER_WORDS)


def _latin_class(code: str) -> str:
    return f"{code}-Latn" if code in ROMANISED else code


def _plain_class(code: str) -> str:
    return f"{code}-plain"


def _much_marked(texts: Iterable[str], languages: Iterable[str]) -> set[str]:
    """Languages in Latin letters of which many are beyond a to z."""
    latin = set(languages_of("Latin")) - set(ROMANISED)
    written: dict[str, list[str]] = defaultdict(list)
    for text, code in zip(texts, languages):
        if code in latin:
            written[code].append(text)
    return {code for code, of in written.items() if share_of_marks(" ".join(of)) > MANY_MARKS}


def _class_of(text: str, code: str) -> str:
    counts = script_counts(text)
    latin = counts["Latin"] * 2 > sum(counts.values())
    return _latin_class(code) if latin else code


def _looks_foreign(text: str, code: str, much_marked: bool) -> bool:
    """True when lingua is sure of another language.

    Of romanised text, and of text without its many marks, it can only tell Finnish.
    """
    if code not in _lingua_codes():
        return False
    scores = LanguageModel._lingua_scores(text)
    if _class_of(text, code).endswith("-Latn") or (much_marked and text.isascii()):
        return scores.get("fi", 0.0) > FOREIGN
    return any(other != code and share > FOREIGN for other, share in scores.items())
