"""Translations that may say something else than their source, by sentence vectors.

The vectors of a translation and of its source are close, whatever the language; but each language
has a direction of its own, and some (so, et, fi) lie further off. So a map from the language to
English is learned from the other translations (ridge regression, each text with a map that has not
seen it), and a closeness counts against that of the nearest other texts of both (CSLS). The score
of a text is how much closer it is to its own source than to the closest other source; below zero
it is closer to another one. docs/translating.md has the measured rates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Optional, Protocol

import numpy as np
import yaml

from assistant.embedding.cache import Progress
from assistant.embedding.encoder import Kind
from assistant.errors import KuntaopasError
from assistant.i18n.check.problem import Problem
from assistant.i18n.languages import FOLDER, SOURCE_LANGUAGE

REVIEWED = FOLDER / "reviewed_meaning.yml"
#: `query` separates swapped texts from real ones a little better than `passage`.
KIND: Kind = "query"
#: (letters of the source, score): below it a text of at least so many letters is in doubt. The
#: vector of a word alone says little, so that a short text has to be further off.
DOUBTFUL = ((25, -0.1), (12, -0.2), (0, -0.3))
#: The same, for a problem.
WRONG = (25, -0.5)
#: Sources that say nearly the same are no rivals.
SAME_MEANING = 0.8
#: A map needs texts to be learned from.
MIN_TEXTS = 400
FOLDS, SHRINKAGE, NEIGHBOURS = 5, 0.03, 10


class ReviewedError(KuntaopasError):
    """The list of reviewed texts cannot be used."""


class Encoder(Protocol):
    """What is needed of `assistant.embedding.CachedEncoder`."""

    def encode(
        self, texts: Sequence[str], kind: Kind = ..., progress: Optional[Progress] = ...
    ) -> np.ndarray:
        """See `CachedEncoder.encode`."""


@dataclass(frozen=True)
class Doubt:
    """A translation that is closer to another text's source than to its own.

    Attributes:
        key: for the list of reviewed texts.
        language: of the translation.
        score: the lower, the further off.
        source: the translation's own source.
        translation: as it is shown.
        closer: the source that it is closest to.
    """

    key: str
    language: str
    score: float
    source: str
    translation: str
    closer: str

    def __str__(self) -> str:
        return (
            f"{self.language} {self.key} {self.score:.2f} {self.source!r} => "
            f"{self.translation!r} (closer to {self.closer!r})"
        )

    @property
    def is_wrong(self) -> bool:
        """True when the margin is so clear that it is a problem until somebody has reviewed it."""
        letters, score = WRONG
        return letters_of(self.source) >= letters and self.score < score

    def problem(self) -> Problem:
        """The problem, for a text that `is_wrong`."""
        detail = f"{self.translation!r} is closer to {self.closer!r} ({self.score:.2f}, {self.key})"
        return Problem(self.language, "meaning", self.source, detail)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {**asdict(self), "score": round(self.score, 3)}


def find_doubts(
    translations: Mapping[str, Mapping[str, str]],
    encoder: Encoder,
    reviewed: Mapping[str, frozenset[str]],
    progress: Optional[Progress] = None,
) -> list[Doubt]:
    """The translations in doubt that nobody has reviewed, worst first.

    Args:
        translations: per language, source -> translation. A language with fewer than `MIN_TEXTS`
            translations is left out.
        encoder: of sentences.
        reviewed: per language, the keys of texts that are right, see `load_reviewed`.
        progress: called with (done, total) of the texts that have to be encoded.
    """
    judged = {
        code: texts
        for code, texts in translations.items()
        if code != SOURCE_LANGUAGE and len(texts) >= MIN_TEXTS
    }
    wanted = [text for pairs in judged.values() for pair in pairs.items() for text in pair]
    wanted = list(dict.fromkeys(wanted))
    if not wanted:
        return []
    rows = {text: row for row, text in enumerate(wanted)}
    vectors = encoder.encode(wanted, KIND, progress)
    doubts: list[Doubt] = []
    for code, pairs in judged.items():
        sources, texts = list(pairs), list(pairs.values())
        scores, closest = margins(
            vectors[[rows[source] for source in sources]],
            vectors[[rows[text] for text in texts]],
            texts,
        )
        for source, text, score, other in zip(sources, texts, scores, closest):
            key = review_key(source, text)
            if score < doubt_bound(source) and key not in reviewed.get(code, frozenset()):
                doubts.append(Doubt(key, code, float(score), source, text, sources[other]))
    return sorted(doubts, key=lambda doubt: (doubt.score, doubt.language))


def margins(
    sources: np.ndarray, translations: np.ndarray, texts: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """How much closer each translation is to its own source than to the closest other one.

    Args:
        sources: vectors of shape (texts, dimension).
        translations: those of the translations, row by row.
        texts: the translations: one that is used for two sources is right for both.

    Returns:
        the scores of shape (texts,), and the rows of the closest other sources.
    """
    count = len(texts)
    english = sources - sources.mean(0)
    scores = closeness(_to_english(translations - translations.mean(0), english), _unit(english))
    own = np.diagonal(scores).copy()
    same_text = np.unique([text.casefold() for text in texts], return_inverse=True)[1]
    no_rival = _unit(english) @ _unit(english).T > SAME_MEANING
    no_rival |= same_text[:, None] == same_text[None, :]
    no_rival[np.arange(count), np.arange(count)] = True
    rivals = np.where(no_rival, -np.inf, scores)
    closest = rivals.argmax(1)
    return own - rivals[np.arange(count), closest], closest


def closeness(translations: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Cosines of unit vectors, against those of the nearest neighbours of both sides (CSLS).

    Returns:
        array of shape (translations, sources).
    """
    cosines = translations @ sources.T
    count = min(NEIGHBOURS, *cosines.shape)
    near_translation = np.partition(cosines, -count, axis=1)[:, -count:].mean(1)
    near_source = np.partition(cosines, -count, axis=0)[-count:].mean(0)
    closer: np.ndarray = 2 * cosines - near_translation[:, None] - near_source[None, :]
    return closer


def _to_english(translations: np.ndarray, english: np.ndarray) -> np.ndarray:
    """The translations as English unit vectors, each by a map learned from the other folds."""
    mapped = np.zeros_like(english)
    fold = np.arange(len(english)) % FOLDS
    for number in range(FOLDS):
        known, new = fold != number, fold == number
        gram = translations[known].T @ translations[known]
        size = len(gram)
        gram += SHRINKAGE * np.trace(gram) / size * np.eye(size, dtype=gram.dtype)
        learned = np.linalg.solve(gram, translations[known].T @ english[known])
        mapped[new] = translations[new] @ learned
    return _unit(mapped)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: np.ndarray = vectors / np.maximum(lengths, 1e-9)
    return unit


def letters_of(source: str) -> int:
    """How much a source says, as the bounds measure it."""
    return sum(map(str.isalpha, source))


def doubt_bound(source: str) -> float:
    """The score below which the translation of a source is in doubt."""
    letters = letters_of(source)
    return next(score for minimum, score in DOUBTFUL if letters >= minimum)


def review_key(source: str, translation: str) -> str:
    """The key of a text in the list of reviewed ones: it is another when one of the two changes."""
    return hashlib.blake2b(f"{source}\0{translation}".encode(), digest_size=5).hexdigest()


def load_reviewed(path: Path = REVIEWED) -> dict[str, frozenset[str]]:
    """Per language, the keys of translations that somebody has found right.

    Raises:
        ReviewedError: when the file is there and is no such list.
    """
    if not path.exists():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return {str(code): frozenset(_keys(entries)) for code, entries in content.items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise ReviewedError(
            f"{path}: is no list of reviewed texts, `language: {{'key': source}}`"
        ) from error


def _keys(entries: Mapping[Any, Any]) -> Iterator[str]:
    for key, _ in entries.items():
        if not isinstance(key, str):
            # A key of digits alone is a number to YAML.
            raise TypeError(key)
        yield key
