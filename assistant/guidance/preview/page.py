"""Writes the page: one file, with its style and its script inside, that asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.errors import KuntaopasError
from assistant.guidance.guides import Guides, load_guides
from assistant.guidance.preview.contacts import load_contacts
from assistant.guidance.preview.views import LanguageView, Views
from assistant.guidance.topics import META_TOPICS, Topics, load_topics
from assistant.i18n import SERVED, SOURCE_LANGUAGE, translator
from assistant.i18n.catalogs import LOCALES, po_path

TEMPLATES = Path(__file__).with_name("templates")


class PreviewError(KuntaopasError):
    """The page cannot be written."""


def write_preview(file: Path, languages: Sequence[str] = (), on: date | None = None) -> int:
    """Write the page of all guides.

    Args:
        file: the page, replaced if it is there.
        languages: all that are served when empty.
        on: the day from which ages are counted; today when missing.

    Returns:
        How many guides it shows.

    Raises:
        PreviewError: if it cannot be written.
    """
    guides = load_guides()
    page = render(guides, load_topics(), languages or SERVED, on or date.today())
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise PreviewError(f"cannot write {file}: {error.strerror or error}") from error
    return len(guides.guides)


def render(
    guides: Guides,
    topics: Topics,
    languages: Sequence[str],
    on: date,
    locales: Path = LOCALES,
) -> str:
    """The page as text."""
    views = [_language_view(code, guides, topics, on, locales) for code in languages]
    own = {topic for topic in topics.topics if topic not in META_TOPICS}
    needs = [need for need in topics.needs if need.partition("/")[0] in own]
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style, script = _read("preview.css"), _read("preview.js")
    return environment.get_template("preview.html").render(
        languages=views,
        guides=guides,
        topics=sum(topic in own for topic in topics.topics),
        needs=len(needs),
        without=[need for need in needs if need not in guides.guides],
        day=on,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}",
    )


def _language_view(
    code: str, guides: Guides, topics: Topics, on: date, locales: Path
) -> LanguageView:
    reviewed: dict[str, str] = {}
    everybody = ""
    if code != SOURCE_LANGUAGE and po_path(code, locales).exists():
        from babel.messages.pofile import read_po

        from assistant.i18n.review import header_reviewers, reviewers

        with po_path(code, locales).open("rb") as stream:
            catalog = read_po(stream, locale=code)
        reviewed, everybody = reviewers(catalog), header_reviewers(catalog)
    views = Views(translator(code, locales), guides, topics, load_contacts(), on)
    return views.language_view(reviewed, everybody)


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source of a content security policy that allows just this text."""
    digest = hashlib.sha256(f"\n{text}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
