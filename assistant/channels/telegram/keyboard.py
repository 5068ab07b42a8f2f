"""Inline keyboards: buttons side by side as far as their titles can be read."""

from __future__ import annotations

from typing import Any, Sequence

from assistant.channels.choices import Choice
from assistant.channels.limits import width

#: The widest title in a row of so many buttons, on a small phone.
WIDEST = {3: 9, 2: 16}


def inline_keyboard(choices: Sequence[Choice]) -> dict[str, Any]:
    """The keyboard (`InlineKeyboardMarkup`) of some choices, in their order."""
    return {
        "inline_keyboard": [
            [{"text": choice.title, "callback_data": choice.payload} for choice in row]
            for row in rows(choices)
        ]
    }


def rows(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Choices in rows: as many in each as can be read, at most three."""
    laid: list[list[Choice]] = []
    start = 0
    while start < len(choices):
        count = next((count for count in WIDEST if _fit(choices[start : start + count], count)), 1)
        laid.append(list(choices[start : start + count]))
        start += count
    return laid


def location_keyboard(title: str) -> dict[str, Any]:
    """A keyboard that offers to send where the person is (`ReplyKeyboardMarkup`)."""
    return {
        "keyboard": [[{"text": title, "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def _fit(row: Sequence[Choice], count: int) -> bool:
    return len(row) == count and all(width(choice.title) <= WIDEST[count] for choice in row)
