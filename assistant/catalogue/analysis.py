"""Text analysis for search: the same for what is stored and for what is asked.

A text becomes tokens that hold only letters and digits, so that the tokeniser of the database
has nothing left to decide. Chinese, Japanese and Korean runs become overlapping pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Optional

import snowballstemmer

#: A change of the analysis must change this, so that stored texts are analysed again.
ANALYSIS_VERSION = "1"

STEMMERS = {
    "fi": "finnish",
    "sv": "swedish",
    "en": "english",
    "ru": "russian",
    "es": "spanish",
    "fr": "french",
    "tr": "turkish",
    "et": "estonian",
}
#: Assumed when the language of a query is not known.
COMMON_LANGUAGES = ("fi", "sv", "en")

MIN_PREFIX = 4
CUT = 2
MAX_QUERY_WORDS = 24

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d]")
_HAS_ARABIC = re.compile(r"[\u0600-\u06ff\u200c\u200d]").search
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ؤ": "و",
    }
)
_FOLD = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})

STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "fi": "ja tai on ei en minä sinä hän me te he se ne tämä nämä että kun jos niin myös vain "
        "voit mikä mitä missä mistä mihin miten miksi kuka kenelle voin voiko voinko haluan kuin "
        "haluaisin minun minulle minulla olen olla ovat oli saa saan saanko pitää tarvitsen mutta",
        "sv": "och eller är inte en ett den det de jag du han hon vi ni att när om som på i av för "
        "med till från var vad hur varför vem kan vill skulle min mitt mina mig har ska måste få "
        "behöver finns men så",
        "en": "and or is are am be not a an the i you he she we they it this that these to of in "
        "on at for from with my me our your do does did can could would should want need like "
        "where what how why who when which have has get there here if so but about as by please",
        "ru": "и или не я ты он она мы вы они в во на с со по для от до за как где что кто когда "
        "почему мне меня мой моя мои есть это можно нужно хочу у к но же ли из",
        "uk": "і й та або не я ти він вона ми ви вони в у на з із по для від до за як де що хто "
        "коли чому мені мене мій моя є це можна треба хочу але чи",
        "et": "ja või on ei ma mina sa ta me te nad see need et kui kus mis kes kuidas miks mul "
        "mulle minu saan tahan vaja kas aga ka",
        "ar": "في من الى علی على عن مع هذا هذه انا انت هو هي نحن هل ما ماذا اين كيف متى او و لا "
        "اريد يمكن يمكنني لي ان",
        "so": "iyo ama ma waa waan waxaan in ku ka u la ee oo aan xaggee halkee sidee maxaa kuma "
        "goorma anigu aniga",
        "fa": "و یا در از به با برای که این آن من تو او ما شما را است هست کجا چه چطور چگونه می "
        "ام خواهم توانم",
        "tr": "ve veya bir bu şu ben sen o biz siz için ile ne nerede nasıl neden kim mı mi mu mü "
        "var yok istiyorum da de",
        "es": "y o el la los las un una de en a por para con que qué dónde cómo cuándo quién yo mi "
        "me es son no quiero necesito puedo hay se del al",
        "fr": "et ou le la les un une des de du en à au pour par avec que quoi où comment quand "
        "qui je tu il elle nous vous mon ma mes est sont ne pas veux besoin peux il y se ce",
    }.items()
}


def normalise(text: str) -> str:
    """One way of writing: NFKC, small letters, Arabic and Persian letters unified."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFKC", text)
    return _MARKS.sub("", text).translate(_ARABIC) if _HAS_ARABIC(text) else text


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """The text without diacritics, so that `paivahoito` finds `päivähoito`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_FOLD))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@cache
def _stemmer(language: str) -> Optional[Any]:
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a normalised word."""
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer is not None else word


def words(text: str) -> list[str]:
    """The normalised words of a text, without Chinese, Japanese and Korean."""
    return _WORD.findall(_CJK.sub(" ", normalise(text)))


def tokens(text: str, language: str) -> list[str]:
    """What is stored of a text: stems, and a folded twin of each that has diacritics."""
    return [token for word in words(text) for token in _word_tokens(word, language)]


@lru_cache(maxsize=200_000)
def _word_tokens(word: str, language: str) -> tuple[str, ...]:
    stemmed = stem(word, language)
    return tuple(dict.fromkeys((stemmed, fold(stemmed))))


def grams(text: str) -> list[str]:
    """Overlapping pairs of the Chinese, Japanese and Korean signs of a text."""
    result = []
    for run in _CJK.findall(normalise(text)):
        result += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return result


def title_form(text: str) -> str:
    """A title as the trigram table holds it: normalised, folded, one space between words."""
    return " ".join(fold(word) for word in _WORD.findall(normalise(text)))


@dataclass(frozen=True)
class QueryTerms:
    """What a query looks for."""

    exact: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    title_words: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.exact or self.prefixes or self.grams)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(normalise(word) for word in STOP_WORDS.get(language, ()))


def content_words(text: str, languages: Iterable[str]) -> list[str]:
    """The words of a query that say something."""
    stop = frozenset().union(*(_stop_words(code) for code in languages))
    return [w for w in dict.fromkeys(words(text)) if w not in stop and (len(w) > 1 or w.isdigit())]


def query_terms(text: str, language: Optional[str] = None) -> QueryTerms:
    """What a query looks for: whole words, beginnings of words, and pairs of Chinese signs.

    Beginnings are stems without their last two letters, because consonants at the end of a
    Finnish stem change with inflection.

    Args:
        text: what the person wrote.
        language: its language, if it is known; Finnish, Swedish and English are always tried.
    """
    languages = dict.fromkeys((language, *COMMON_LANGUAGES) if language else COMMON_LANGUAGES)
    exact: list[str] = []
    prefixes: list[str] = []
    found = content_words(text, languages)[:MAX_QUERY_WORDS]
    for word in found:
        stems = {stem(word, code) for code in languages} | {word}
        for form in sorted(stems | {fold(item) for item in stems}):
            exact.append(form)
            if len(form) >= MIN_PREFIX:
                prefixes.append(form[: max(len(form) - CUT, MIN_PREFIX + 1)])
    return QueryTerms(
        exact=tuple(dict.fromkeys(exact)),
        prefixes=tuple(dict.fromkeys(prefixes)),
        grams=tuple(dict.fromkeys(grams(text))),
        title_words=tuple(fold(word) for word in found if len(word) > MIN_PREFIX),
    )
