"""Reads what people type about the services that are shown: "is the second one open tomorrow?".

A message is such a request only if all of it is: every word is in the lists of one language
(`data/gazetteers/view_requests.yml`), or is a date, an hour, a number or the name of a language.
Anything else, such as a new need, is left to the models, and so is what may mean two things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Optional

from assistant.catalogue.opening_time import OpeningTime
from assistant.dialogue.view_titles import TITLES
from assistant.i18n import SERVED, translator
from assistant.nlu.dates import DateFinder
from assistant.nlu.gazetteers import FOLDER, Gazetteers
from assistant.nlu.name_entries import LANGUAGE_NAME
from assistant.nlu.numeric_dates import ascii_digits
from assistant.nlu.opening_times import GENERAL, NOW, Clock, Named, clock_of, clocks, opening_time
from assistant.nlu.view_lexicon import Labels, Lexicon
from assistant.nlu.words import Token, phrase_key, read_lists, tokenize

#: A longer message tells more than how the services are to be shown.
MOST_WORDS, MOST_CHARACTERS = 16, 120
#: In a longer message with a need the opening time belongs to a story ("the restaurant closed").
MOST_CHARACTERS_OF_A_NEED = 80
#: Words that may be unknown where the message names the need whose services are shown.
MOST_OTHERS = 4
#: Typing mistakes that are overlooked; one alone only in a word of this length.
MOST_TYPOS, LONG_WORD = 2, 7
#: The number of the last of the services that are shown.
LAST = -1
_DAYS = (
    "today",
    "tonight",
    "this",
    "tomorrow",
    "tomorrow_parts",
    "overmorrow",
    "weekdays",
    "next_weekdays",
    "parts",
)
_NOTHING: Labels = frozenset()
#: Small words between a time and "open" ("open on Saturday").
_BETWEEN = 2
_OPEN = ("open", "closed", "hours")


@dataclass(frozen=True)
class ViewRequest:
    """How the services are to be shown.

    Attributes:
        view: `more`, `near`, `open_now`, `open_at`, `hours`, `in_my_language`, `in_language`,
            `details` or `all`.
        number: of the service that is meant, from 1; `LAST`; None for all of them.
        opening: with `open_at`, the time.
        language: with `in_language`, its code.
    """

    view: str
    number: Optional[int] = None
    opening: Optional[OpeningTime] = None
    language: Optional[str] = None


@dataclass
class _Reading:
    """What the words of a message are, by the lists of one language."""

    named: Named
    kinds: dict[str, set[Optional[str]]] = field(default_factory=lambda: defaultdict(set))
    numbers: set[int] = field(default_factory=set)
    #: A number without a word or a sign that shows that it counts the services.
    bare_numbers: set[int] = field(default_factory=set)
    doubtful: bool = False
    #: The number is a phrase such as "den andra", which is more than an ordinal.
    phrase: bool = False
    languages: set[str] = field(default_factory=set)
    unknown: list[Token] = field(default_factory=list)
    typos: list[str] = field(default_factory=list)
    #: First word, last word + 1 of "open" and of times.
    opens: list[tuple[int, int]] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    words: int = 0

    def has(self, *kinds: str) -> bool:
        """Whether a word is in one of these lists."""
        return any(kind in self.kinds for kind in kinds)


class ViewRequests:
    """The lists of all languages. Use `ViewRequests.load()`."""

    def __init__(
        self, lexicons: dict[str, Lexicon], dates: DateFinder, gazetteers: Gazetteers
    ) -> None:
        self._lexicons = lexicons
        self._dates = dates
        self._gazetteers = gazetteers
        self._titles: dict[str, str] = {}
        for code in SERVED:
            for view, title in TITLES.items():
                self._titles.setdefault(phrase_key(translator(code).gettext(title)), view)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> ViewRequests:
        """Read the lists. The result is shared by all callers."""
        return _load(folder)

    def read(
        self,
        text: str,
        language: Optional[str],
        now: datetime,
        about_shown: bool = False,
        only: bool = False,
    ) -> Optional[ViewRequest]:
        """What a message asks of the services that are shown; None when it asks something else.

        Args:
            text: the message.
            language: the language it seems to be in. Others are tried too, as a few words tell
                little of their language; what they say has to be the same.
            now: the moment at which it is written, in Finland.
            about_shown: whether it names the need whose services are shown: then a few words that
                are in no list ("is the library open tomorrow?") do not matter.
            only: whether no other language is tried.
        """
        tokens = [token for token in tokenize(text) if token.plain]
        if not 0 < len(tokens) <= MOST_WORDS * 2 or len(text) > MOST_CHARACTERS:
            return None
        title = self._titles.get(" ".join(token.plain for token in tokens))
        if title is not None:
            return ViewRequest(title)
        own = self._lexicons.get(language or "")
        if own is not None:
            found = self._request(text, tokens, own, now, about_shown)
            if found is not None:
                return found
        if only:
            return None
        others = {
            self._request(text, tokens, lexicon, now, False)
            for lexicon in self._lexicons.values()
            if lexicon is not own and len(tokens) > 1
        } - {None}
        return others.pop() if len(others) == 1 else None

    def opening_of(
        self, text: str, language: Optional[str], now: datetime
    ) -> Optional[OpeningTime]:
        """The time at which a need's service has to be open ("a dentist who is open tomorrow").

        Only a certain time counts that stands beside a word for being open.
        """
        lexicon = self._lexicons.get(language or "")
        tokens = [token for token in tokenize(text) if token.plain]
        if lexicon is None or len(text) > MOST_CHARACTERS_OF_A_NEED:
            return None
        reading = self._reading(text, tokens, lexicon, now)
        others = {tokens.index(token) for token in reading.unknown}
        beside = any(
            0 <= later[0] - earlier[1] <= _BETWEEN
            and others.isdisjoint(range(earlier[1], later[0]))
            for one in reading.opens
            for other in reading.times
            for earlier, later in (sorted((one, other)),)
        )
        if not beside or reading.has("until"):
            return None
        time = opening_time(reading.named, lexicon.code, now)
        return time if isinstance(time, OpeningTime) else None

    def _request(
        self, text: str, tokens: list[Token], lexicon: Lexicon, now: datetime, about_shown: bool
    ) -> Optional[ViewRequest]:
        reading = self._reading(text, tokens, lexicon, now)
        if reading.unknown and reading.has("they", "speak", "thing"):
            self._take_languages(text, reading, lexicon.code)
        if len(reading.typos) > MOST_TYPOS or reading.has("not"):
            return None
        if reading.words <= len(reading.typos) and len(reading.typos[0]) < LONG_WORD:
            return None
        if not reading.unknown:
            return _decide(reading, lexicon.code, now)
        if not about_shown or len(reading.unknown) > MOST_OTHERS:
            return None
        opens = reading.has(*_OPEN) and not reading.has("near", "my_language", "details")
        if opens and (reading.has("hours", "when") or not reading.named.nothing):
            return _decide(reading, lexicon.code, now)
        return None

    def _take_languages(self, text: str, reading: _Reading, language: str) -> None:
        """Take the names of languages from the words that are not known."""
        for entity in self._gazetteers.find(text, language):
            if entity.entity == LANGUAGE_NAME:
                rest = [
                    token
                    for token in reading.unknown
                    if token.end <= entity.start or token.start >= entity.end
                ]
                if len(rest) < len(reading.unknown):
                    reading.unknown = rest
                    reading.languages.add(str(entity.value))

    def _reading(self, text: str, tokens: list[Token], lexicon: Lexicon, now: datetime) -> _Reading:
        reading = _Reading(Named(now.date()))
        words = [token.plain for token in tokens]
        dates = {
            start: (value, end)
            for value, start, end in self._dates.find(text, tokens, lexicon.code)
        }
        hours = {clock.start: clock for clock in clocks(text)}
        position, before = 0, _NOTHING
        while position < len(tokens):
            token = tokens[position]
            found = lexicon.at(words, position)
            length = found[1] if found is not None else 0
            clock = hours.get(token.start)
            if clock is None and token.plain[0].isdigit() and length <= 1:
                clock = _plain_clock(tokens, words, position, before, lexicon)
            dated = dates.get(token.start)
            if clock is not None and not (dated and dated[1] > clock.end):
                taken = _within(tokens, position, clock.end)
                reading.named.clocks.append(clock)
                reading.times.append((position, position + taken))
                before = _NOTHING
            elif dated is not None and not _names_day(found):
                taken = _within(tokens, position, dated[1])
                if not reading.named.add_date(dated[0]):
                    reading.unknown.extend(tokens[position : position + taken])
                reading.times.append((position, position + taken))
                before = _NOTHING
            elif found is not None:
                taken = length
                _note(reading, found[0], lexicon, words, position, length)
                before = found[0]
            else:
                taken = 1
                before = self._other(reading, text, tokens, words, position, before, lexicon)
            position += taken
            reading.words += 1
        return reading

    @staticmethod
    def _other(
        reading: _Reading,
        text: str,
        tokens: list[Token],
        words: list[str],
        position: int,
        before: Labels,
        lexicon: Lexicon,
    ) -> Labels:
        """Take a word that is in no list: a number, a typing mistake, or not known."""
        token = tokens[position]
        digits = ascii_digits(token.text)
        if digits.isdecimal() and 1 <= int(digits) <= 9:
            counts = ("number", None) in before or text[token.end : token.end + 1] in tuple(".:-ºª")
            counts = counts or words[position + 1 : position + 2] in (
                ["st"],
                ["nd"],
                ["rd"],
                ["th"],
            )
            (reading.numbers if counts else reading.bare_numbers).add(int(digits))
            return _NOTHING
        meant = lexicon.misspelled(words, position)
        if meant is None or meant[1] > 1:
            reading.unknown.append(token)
            return _NOTHING
        reading.typos.append(token.plain)
        _note(reading, meant[0], lexicon, words, position, 1)
        return meant[0]


def _note(
    reading: _Reading,
    labels: Labels,
    lexicon: Lexicon,
    words: Sequence[str],
    position: int,
    length: int,
) -> None:
    """Add what a phrase says to the reading."""
    named, span = reading.named, (position, position + length)
    before = (len(named.days), len(named.weekdays), len(named.parts), named.now)
    for name, value in labels:
        reading.kinds[name].add(value)
        if name == "ordinals":
            reading.numbers.add(LAST if value == "last" else int(value or 0))
            phrase = " ".join(words[position : position + length])
            reading.doubtful = reading.doubtful or phrase in lexicon.doubtful
            reading.phrase = reading.phrase or length > 1
        elif name == "now":
            named.now = True
        elif name == "coming":
            named.coming = True
        elif name == "weekend":
            named.add_weekend()
        elif name == "weekdays":
            named.weekdays.add(int(value or 0))
        elif name == "next_weekdays":
            named.weekdays.add(int(value or 0))
            named.add_date("next_week")
        elif name == "parts":
            named.parts.add(str(value))
        elif name == "clock_words":
            named.clocks.append(Clock(int(value or 0), 0, 0, 0))
        elif name in ("today", "tonight", "this"):
            named.add_day(0)
        elif name in ("tomorrow", "tomorrow_parts"):
            named.add_day(1)
        elif name == "overmorrow":
            named.add_day(2)
        if name in ("this", "tomorrow_parts"):
            named.parts.add(str(value))
        elif name == "tonight":
            named.parts.add("evening")
    if before != (len(named.days), len(named.weekdays), len(named.parts), named.now):
        reading.times.append(span)
    if ("open", None) in labels:
        reading.opens.append(span)


def _names_day(found: Optional[tuple[Labels, int]]) -> bool:
    """Whether a phrase of the lists names a day, and perhaps a part of it as well."""
    return found is not None and any(name in _DAYS for name, _ in found[0])


def _within(tokens: list[Token], position: int, end: int) -> int:
    """How many words from a place on begin before a character."""
    return max(1, sum(1 for token in tokens[position:] if token.start < end))


def _plain_clock(
    tokens: list[Token], words: list[str], position: int, before: Labels, lexicon: Lexicon
) -> Optional[Clock]:
    """A number beside a word for hours ("klo 18", "6 in the evening") as an hour."""
    token = tokens[position]
    clock = clock_of(token.text, token.start, token.end)
    if clock is None or ("number", None) in before and ("clock_before", None) not in before:
        return None
    after = lexicon.at(words, position + 1)
    beside = {name for name, _ in after[0]} if after is not None else set()
    if ("clock_before", None) in before or ("until", None) in before:
        return clock
    return clock if beside & {"clock_after", "parts"} else None


def _decide(reading: _Reading, language: str, now: datetime) -> Optional[ViewRequest]:
    """The one thing that a message asks; None when it asks nothing, or may mean two things."""
    if (
        reading.has("until")
        and reading.named.clocks
        or len(reading.numbers | reading.bare_numbers) > 1
    ):
        return None
    number = next(iter(reading.numbers), None)
    if reading.languages or reading.has("my_language"):
        return _in_language(reading, number)
    timed = not reading.named.nothing
    if reading.has(*_OPEN) or timed:
        return _opening(reading, number, language, now)
    if reading.has("near"):
        alone = number is None and not reading.bare_numbers
        return ViewRequest("near") if alone and not reading.has("details") else None
    bare = next(iter(reading.bare_numbers), None)
    if number is not None or bare is not None:
        return _one(reading, number, bare)
    if reading.has("details"):
        return ViewRequest("details")
    if reading.has("all"):
        return ViewRequest("all")
    if reading.has("contact", "tongue"):
        return None
    if reading.has("more") or reading.named.coming and reading.has("thing"):
        return ViewRequest("more")
    return None


def _in_language(reading: _Reading, number: Optional[int]) -> Optional[ViewRequest]:
    """Services in a language: of others than the assistant, which may be asked to speak it too."""
    others = reading.has("they", "thing", "more")
    mixed = reading.has(*_OPEN, "near") or not reading.named.nothing
    if not others or mixed or number is not None or reading.bare_numbers:
        return None
    if len(reading.languages) + reading.has("my_language") > 1:
        return None
    if reading.languages:
        return ViewRequest("in_language", language=next(iter(reading.languages)))
    return ViewRequest("in_my_language")


def _opening(
    reading: _Reading, number: Optional[int], language: str, now: datetime
) -> Optional[ViewRequest]:
    """Being open, at a time or at all; without a word for it only as a further question."""
    asked = reading.has(*_OPEN)
    if not asked and not reading.has("about") or reading.has("near"):
        return None
    if reading.bare_numbers or not asked and reading.has("details", "all"):
        return None
    if reading.doubtful and (reading.has("some") or reading.has("thing")):
        return None
    if reading.named.nothing or reading.has("general"):
        hours = reading.has("when", "hours", "general")
        return ViewRequest("hours" if hours else "open_now", number)
    time = opening_time(reading.named, language, now)
    if time == NOW:
        return ViewRequest("open_now", number)
    if time == GENERAL and asked:
        return ViewRequest("hours", number)
    return ViewRequest("open_at", number, time) if isinstance(time, OpeningTime) else None


def _one(reading: _Reading, number: Optional[int], bare: Optional[int]) -> Optional[ViewRequest]:
    """More about one of the services."""
    if reading.has("all"):
        return None
    if reading.has("details", "contact", "regarding"):
        return ViewRequest("details", number if number is not None else bare)
    if number is None or reading.doubtful:
        return None
    chosen = reading.has("thing", "number", "more") or reading.words == 1
    return ViewRequest("details", number) if chosen or reading.phrase else None


@lru_cache(maxsize=2)
def _load(folder: Path) -> ViewRequests:
    lists = read_lists(folder / "view_requests.yml")
    lexicons = {code: Lexicon(code, data) for code, data in lists.items()}
    dates = DateFinder(read_lists(folder / "dates.yml"))
    return ViewRequests(lexicons, dates, Gazetteers.load())
