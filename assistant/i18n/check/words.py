"""Words and sentences of a text, in any script, as the checks count them."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.i18n.languages import LANGUAGES

#: So many Chinese characters say as much as a word of a language that has spaces.
CHARACTERS_PER_WORD = 1.6
#: A name is known by these letters, in whatever case it stands.
BEGINNING = 8
#: A Finnish term in brackets, as it follows the word of the text's own language.
FINNISH_TERM = re.compile(r"\(([a-zåäö][a-zåäö -]+)\)")
#: One or more of them, such as a name that has two.
FINNISH_TERMS = re.compile(r"\([a-zåäö][a-zåäö ,-]+\)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKET = re.compile(r"[(（][^()（）]+[)）]")
_QUOTED = re.compile('[(（"“«„]([^()（）"“”«»„]+)[)）"”»“]')
_LIST_MARK = re.compile(r"^(?:\d+\.|•)\s+", re.MULTILINE)
_TOKEN = re.compile(r"\w")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_COUNTED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[ .,/-]\d+)*")


def count_words(text: str, language: str) -> float:
    """How many words are read; the numbers and bullets of a list are none."""
    text = _LIST_MARK.sub("", text)
    count = 0.0
    if language in LANGUAGES and LANGUAGES[language].script == "Han":
        count = len(_HAN.findall(text)) / CHARACTERS_PER_WORD
        text = _HAN.sub(" ", text)
    return count + sum(1 for token in text.split() if _TOKEN.search(token))


def without_shared(source: str, translation: str) -> tuple[str, str]:
    """Both texts without what has to be alike in them, or may be.

    That is placeholders, Finnish terms in brackets, and what stands in brackets or quotation
    marks in both. A Finnish translation inflects the terms and has no need of the brackets.
    """
    quoted = {found[1] for found in _QUOTED.finditer(source)}

    def shorten(text: str, shared: Callable[[str], bool]) -> str:
        text = PLACEHOLDER.sub("|", FINNISH_TERMS.sub("|", text))
        return _QUOTED.sub(lambda found: "|" if shared(found[1]) else found[0], text)

    return (
        shorten(source, lambda part: part[:BEGINNING] in translation),
        shorten(translation, quoted.__contains__),
    )


def letters_of_its_own(text: str, other: str) -> int:
    """How many letters a text has, without the words (names, numbers) that another text has too."""
    shared = set(other.split())
    return sum(map(str.isalpha, "".join(word for word in text.split() if word not in shared)))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence, without what stands in brackets."""
    parts = _SENTENCE_END.split(_BRACKET.sub("", text))
    return [words for words in map(_COUNTED.findall, parts) if words]
