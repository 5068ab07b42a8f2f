"""How easy the texts are to read: long sentences and long words, for fi, sv and en.

LIX = words a sentence + the share (%) of long words: up to 30 very easy, up to 40 easy (fiction),
50 to 60 official texts, above that bureaucratic language. Finnish words are longer: what has more
than 9 letters is counted there, because then the same texts have as many long words in Finnish
(22 %) as in English with LIX's 6 letters (22 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Optional

from assistant.i18n.check.problem import Problem
from assistant.i18n.check.words import sentences

#: A long word has more letters.
LONG_WORD = {"en": 6, "sv": 6, "fi": 9}
#: Words of a sentence. Plain language asks for 15 to 20; a Finnish sentence needs 0.7 times the
#: words of an English one (5.2 against 7.2 here), and its longest has 14 now.
LONGEST_SENTENCE = {"en": 20, "sv": 20, "fi": 16}
#: The texts of a language together are easy (26 to 31 now), and no text is bureaucratic. A text of
#: few words is not measured alone: one long term changes its LIX by 10.
HARDEST_LANGUAGE, HARDEST_TEXT, MIN_WORDS = 40, 60, 25
WORST = 10


@dataclass(frozen=True)
class Readability:
    """How easy the full sentences of a language are.

    Attributes:
        sentences: how many there are.
        mean: words a sentence.
        longest: words of the longest one.
        long_words: share of long words, in percent.
        lix: see above.
        worst: the texts with the longest sentences, with their words.
    """

    language: str
    sentences: int
    mean: float
    longest: int
    long_words: float
    lix: float
    worst: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        return (
            f"{self.language}: {self.mean:.1f} words a sentence, the longest {self.longest}, "
            f"{self.long_words:.0f} % long words, LIX {self.lix:.0f}"
        )

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


def measure(language: str, texts: Iterable[str]) -> Optional[Readability]:
    """How easy texts are; None for a language without bounds, or without a sentence.

    Titles and labels are no sentences.
    """
    if language not in LONG_WORD:
        return None
    read = {text: sentences(text) for text in texts if text.rstrip().endswith((".", "!", "?"))}
    lengths = [len(words) for found in read.values() for words in found]
    if not lengths:
        return None
    mean, long_words = _shares(language, [words for found in read.values() for words in found])
    worst = sorted(
        ((max(map(len, found)), text) for text, found in read.items() if found), reverse=True
    )
    return Readability(
        language,
        len(lengths),
        mean,
        max(lengths),
        long_words,
        mean + long_words,
        tuple(worst[:WORST]),
    )


def check_readability(language: str, translations: Mapping[str, str]) -> Iterator[Problem]:
    """Sentences and texts beyond the bounds of plain language.

    Args:
        language: others than fi, sv and en have no problem.
        translations: source text -> text in the language.
    """
    if language not in LONG_WORD:
        return
    bound = LONGEST_SENTENCE[language]
    for source, text in translations.items():
        found = sentences(text)
        longest = max(map(len, found), default=0)
        if longest > bound:
            yield Problem(
                language, "long sentence", source, f"{longest} words (at most {bound}): {text}"
            )
        if sum(map(len, found)) >= MIN_WORDS:
            lix = sum(_shares(language, found))
            if lix > HARDEST_TEXT:
                yield Problem(language, "hard to read", source, f"LIX {lix:.0f}: {text}")
    whole = measure(language, translations.values())
    if whole is not None and whole.lix > HARDEST_LANGUAGE and whole.sentences >= MIN_WORDS:
        yield Problem(
            language, "hard to read", "all texts", f"LIX {whole.lix:.0f} (at most 40 is easy)"
        )


def _shares(language: str, found: list[list[str]]) -> tuple[float, float]:
    """Words a sentence, and the share of long words in percent."""
    words = [word for sentence in found for word in sentence]
    long_words = sum(len(word) > LONG_WORD[language] for word in words)
    return len(words) / len(found), 100 * long_words / len(words)
