"""Answers to questions about a person's case: permit, its date, benefits, and for whom one asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Optional
from zoneinfo import ZoneInfo

from assistant.nlu.dates import DateFinder
from assistant.nlu.name_entries import BENEFIT, FOR_WHOM, PERMIT, PERMIT_DATE, Entity
from assistant.nlu.permit_dates import PermitDateFinder
from assistant.nlu.reply_finder import ReplyFinder, SmallWords
from assistant.nlu.words import Token, read_lists

_ZONE = ZoneInfo("Europe/Helsinki")


class Replies:
    """What the lists of answers find in a message."""

    def __init__(self, folder: Path, dates: DateFinder, numbers: Optional[dict[str, Any]]) -> None:
        """Read the lists.

        Args:
            numbers: language -> number -> its words.
        """
        small = SmallWords(read_lists(folder / "reply_words.yml"))
        self._finders = {
            PERMIT: ReplyFinder(read_lists(folder / "permits.yml"), small, numbers=True),
            BENEFIT: ReplyFinder(read_lists(folder / "benefits.yml"), small, several=True),
            FOR_WHOM: ReplyFinder(read_lists(folder / "for_whom.yml"), small),
        }
        lists = read_lists(folder / "permit_dates.yml")
        self._dates = PermitDateFinder(lists, small, dates, numbers)

    def find(
        self,
        text: str,
        tokens: Sequence[Token],
        language: Optional[str] = None,
        today: Optional[date] = None,
    ) -> Iterator[Entity]:
        """Every answer; `today` is the day in Finland unless it is given."""
        for name, finder in self._finders.items():
            for value, start, end in finder.find(tokens, language):
                yield Entity(name, value, start, end, text[start:end])
        found = self._dates.find(text, tokens, today or datetime.now(_ZONE).date(), language)
        if found is not None:
            value, start, end = found
            yield Entity(PERMIT_DATE, value, start, end, text[start:end])
