"""What `kuntaopas texts check --meaning` finds: real translations, and the same with faults made.

    .venv/bin/python -m benchmarks.meaning

A fault is made in one text of twenty at a time: it gets the translation of its neighbour in the
same file, or it loses its second half. A lost negation is looked for by the glossary, not by the
vectors: its rate is how many texts without a negation have no word that looks like one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import numpy as np
from babel.messages.catalog import Catalog

from assistant.embedding import CachedEncoder, load_encoder
from assistant.i18n.check import check_locales
from assistant.i18n.check.glossary import NEGATION, bare_text, load_glossary, mentions
from assistant.i18n.check.meaning import (
    DOUBTFUL,
    KIND,
    MIN_TEXTS,
    WRONG,
    doubt_bound,
    letters_of,
    margins,
)
from assistant.i18n.languages import COMPLETE, SOURCE_LANGUAGE
from assistant.i18n.update import template
from assistant.settings import get_settings

ONE_IN = 20
#: Half of a shorter text may say as much as the whole.
MIN_WORDS = 8


@dataclass
class Rates:
    """Shares of texts that are listed for review, and that are a problem."""

    listed: list[bool] = field(default_factory=list)
    wrong: list[bool] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{np.mean(self.listed):7.2%} {np.mean(self.wrong):7.2%}"

    def add(self, sources: list[str], scores: np.ndarray, rows: np.ndarray) -> None:
        """Count the texts of some rows."""
        for row in rows:
            self.listed.append(bool(scores[row] < doubt_bound(sources[row])))
            letters, bound = WRONG
            enough = letters_of(sources[row]) >= letters
            self.wrong.append(bool(enough and scores[row] < bound))


def main() -> None:
    """Print the rates of every language."""
    settings = get_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    catalog, result = template(), check_locales()
    out = sys.stdout.write
    out(f"listed below {DOUBTFUL}, a problem below {WRONG} (letters, score)\n")
    out("   real: listed, problem | neighbour's text | half is lost | negation\n")
    totals = [Rates(), Rates(), Rates()]
    for code in COMPLETE:
        pairs = result.translations.get(code, {})
        if code == SOURCE_LANGUAGE or len(pairs) < MIN_TEXTS:
            continue
        sources, texts = list(pairs), list(pairs.values())
        rows = np.arange(len(texts))
        english, own = encoder.encode(sources, KIND), encoder.encode(texts, KIND)
        halves = encoder.encode([_half(text) for text in texts], KIND)
        neighbour = _neighbours(catalog, sources)
        long = np.array([len(source.split()) >= MIN_WORDS for source in sources])
        rates = [Rates(), Rates(), Rates()]
        rates[0].add(sources, margins(english, own, texts)[0], rows)
        for start in range(ONE_IN):
            some = rows[start::ONE_IN]
            swapped = some[neighbour[some] >= 0]
            vectors = own.copy()
            vectors[swapped] = own[neighbour[swapped]]
            # No text is alike here: the neighbour's own source has to stay a rival.
            rates[1].add(sources, margins(english, vectors, list(map(str, rows)))[0], swapped)
            cut = some[long[some]]
            vectors = own.copy()
            vectors[cut] = halves[cut]
            rates[2].add(sources, margins(english, vectors, texts)[0], cut)
        out(f"{code} {' | '.join(map(str, rates))} | {_negations(code, pairs):.0%}\n")
        for total, rate in zip(totals, rates):
            total.listed += rate.listed
            total.wrong += rate.wrong
    out(f"all {' | '.join(map(str, totals))}\n")


def _half(text: str) -> str:
    """The first half of the words, or of the characters where there are no spaces."""
    words = text.split()
    if len(words) >= MIN_WORDS // 2:
        return " ".join(words[: len(words) // 2])
    return text[: len(text) // 2]


def _neighbours(catalog: Catalog, sources: list[str]) -> np.ndarray:
    """For each source the row of the next one of its file (of the one before it for the last)."""
    files = [_file(catalog, source) for source in sources]

    def neighbour(row: int) -> int:
        for other in (row + 1, row - 1):
            if 0 <= other < len(files) and files[other] == files[row]:
                return other
        return -1

    return np.array([neighbour(row) for row in range(len(sources))])


def _file(catalog: Catalog, source: str) -> str:
    message = catalog.get(source)
    return str(message.locations[0][0]) if message is not None else ""


def _negations(code: str, pairs: dict[str, str]) -> float:
    """How often the glossary would see that a negation is lost."""
    concept = next(one for one in load_glossary() if one.name == NEGATION)
    without = [
        bare_text(text, code) for source, text in pairs.items() if not mentions(concept, source)
    ]
    return float(np.mean([not concept.stems[code].search(text) for text in without]))


if __name__ == "__main__":
    main()
