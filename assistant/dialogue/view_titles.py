"""What the buttons under services say: people also type it."""

from __future__ import annotations

from assistant.i18n import marked

#: View -> title in English.
TITLES = {
    "more": marked("Show more"),
    "details": marked("Details"),
    "near": marked("Nearer to me"),
    "open_now": marked("Open now"),
    "in_my_language": marked("In my language"),
    "all": marked("Show all"),
}
