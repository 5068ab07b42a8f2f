"""Who has reviewed the texts of a language.

The comment at the top of a `.po` file names the reviewers when all of its texts are covered. Until
then a comment at each reviewed text does: `# Reviewed by: NAME, DATE`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.messages.catalog import Catalog

HEADER_LABEL = "Reviewed by a native speaker:"
TEXT_LABEL = "Reviewed by:"
NOBODY = "no"
#: Of a name: with its date and the label it stays on one line of a `.po` file.
LONGEST = 70
_LINE = 68
#: Several reviewers may need more lines, which are those that do not begin with a label.
_HEADER = re.compile(
    rf"^(?P<start>#?[ \t]*{HEADER_LABEL})"
    r"(?P<reviewer>.*(?:\n#?[ \t]*(?!#?[ \t]*[\w ]+:)\S.*)*)$",
    re.MULTILINE,
)
_LABEL = re.compile(r"^\s*reviewed\s+by(?:\s+a\s+native\s+speaker)?\s*:?\s*", re.IGNORECASE)
_ISO_DAY = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
_FINNISH_DAY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_NO_NAMES = ("", NOBODY, "-", "–", "none", "nobody")


def signature(text: str, today: date) -> str:
    """A reviewer as catalogues name them, `NAME, 2026-11-24`.

    Args:
        text: as somebody wrote it, with the words "Reviewed by:" or without.
        today: the date of a signature that has none.

    Returns:
        The signature; empty when the text names nobody.
    """
    name = unlabelled(text)[:LONGEST]
    if name.casefold().strip(" .,") in _NO_NAMES:
        return ""
    name = _FINNISH_DAY.sub(lambda day: f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}", name)
    if not _ISO_DAY.sub("", name).strip(" ,"):
        return ""
    return name if _ISO_DAY.search(name) else f"{name.rstrip(' ,')}, {today.isoformat()}"


def unlabelled(text: str) -> str:
    """What stands after "Reviewed by:", on one line."""
    return " ".join(_LABEL.sub("", text).split())


def header_reviewers(catalog: Catalog) -> str:
    """Who has reviewed all texts of a catalogue; empty when nobody has."""
    return reviewers_in(catalog.header_comment)


def reviewers_in(comment: str) -> str:
    """Who has reviewed all texts, as the comment at the top of a file says; empty for nobody."""
    found = _HEADER.search(comment)
    names = " ".join(found["reviewer"].replace("\n#", "\n").split()) if found else ""
    return "" if names.casefold() in _NO_NAMES else names


def reviewers(catalog: Catalog) -> dict[str, str]:
    """The reviewer of each text that has a translation and has been reviewed."""
    everybody = header_reviewers(catalog)
    found = {}
    for message in translated(catalog):
        name = _text_reviewer(message) or everybody
        if name:
            found[str(message.id)] = name
    return found


def translated(catalog: Catalog) -> list[Any]:
    """The messages that have a translation (texts with plural forms are not exchanged)."""
    return [message for message in texts(catalog) if message.string]


def texts(catalog: Catalog) -> list[Any]:
    """The messages of a catalogue, without its header and without plural forms."""
    return [message for message in catalog if message.id and isinstance(message.id, str)]


def store_reviewers(catalog: Catalog, found: Mapping[str, str]) -> bool:
    """Write into a catalogue who has reviewed which text.

    Args:
        catalog: is changed.
        found: the reviewer of each text that is reviewed, by its English source.

    Returns:
        True when every text of the catalogue is covered: then its header says so.
    """
    wanted = texts(catalog)
    covered = bool(wanted) and all(
        message.string and found.get(str(message.id)) for message in wanted
    )
    for message in wanted:
        name = "" if covered else found.get(str(message.id), "")
        message.user_comments = [
            comment for comment in message.user_comments if not comment.startswith(TEXT_LABEL)
        ]
        if name and message.string:
            message.user_comments.append(f"{TEXT_LABEL} {_on_one_line(name)}")
    # The order of the texts would name a reviewer of many before one of few by chance.
    names = "; ".join(sorted(set(found.values()))) if covered else NOBODY
    _store_header(catalog, names)
    return covered


def _text_reviewer(message: Any) -> str:
    for comment in message.user_comments:
        if comment.startswith(TEXT_LABEL):
            return str(comment).removeprefix(TEXT_LABEL).strip()
    return ""


def _on_one_line(names: str) -> str:
    """Reviewers as far as they fit: Babel folds a comment that is longer than a line."""
    first, *others = names.split("; ")
    for name in others:
        if len(first) + len(name) > _LINE:
            return f"{first}; and others"
        first = f"{first}; {name}"
    return first


def _store_header(catalog: Catalog, names: str) -> None:
    comment = catalog.header_comment
    if _HEADER.search(comment):
        comment = _HEADER.sub(lambda found: f"{found['start']} {names}", comment, count=1)
    elif names != NOBODY:
        comment += f"\n# {HEADER_LABEL} {names}"
    catalog.header_comment = comment
