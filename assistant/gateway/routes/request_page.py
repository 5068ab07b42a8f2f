"""The request for the assessment as a page to print, as text, and its deadline as a calendar entry.

Nothing of a request is stored, and its query is in no log: it says what somebody's situation is.
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path
from typing import List, Optional

from babel.dates import format_date
from fastapi import APIRouter, Depends, Header, HTTPException, Query, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.dialogue.messages import PARTLY_ENGLISH
from assistant.gateway.request_query import RequestQuery, read_query
from assistant.guidance.assessment.case import HELSINKI
from assistant.guidance.request_letter import RequestLetter, Text, request_letter, said
from assistant.guidance.window_calendar import EARLIEST, window_calendar
from assistant.i18n import direction, marked, translator
from assistant.i18n.bidi import LRI, PDI, isolate

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
#: The page is about one person: it is kept nowhere and found by nobody.
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
NO_WINDOW = marked("The end of the three years is not known, or it has passed.")

#: The page's own texts, in the person's language.
PAGE_TEXTS = {
    "title": marked("Request for the assessment (alkukartoitus)"),
    "how": marked(
        "Print this page or copy the text to an e-mail. Fill in the empty lines yourself. "
        "Give or send it to the authority."
    ),
    "two_languages": marked(
        "The authority reads the text in its own language. "
        "The text beside it helps you to understand it."
    ),
    "stored": marked("Kuntaopas does not store this page."),
    "decides": marked("The authority that you ask decides if you need the assessment."),
    "print": marked("Print"),
    "copy_text": marked("Copy as text"),
    "copied": marked("The text is copied."),
    "not_copied": marked("The text could not be copied. Save it as text."),
    "save": marked("Save as text"),
    "calendar": marked("Add to calendar"),
    "no_script": marked("Print this page with your browser's own menu."),
    "take_along": marked("Take along"),
    "fill_in": marked("empty, to fill in"),
}
IN_FINNISH, IN_SWEDISH = marked("The request in Finnish"), marked("The request in Swedish")
LEFT_EMPTY = marked("I did not understand this part, so it is left empty: {part}")
NOT_SERVED = marked("This page is not in your language yet. It is in English.")
WINDOW_ENDS = marked("The three years end on {date}.")

router = APIRouter(prefix="/assessment", tags=["request"])


def today() -> date:
    """The day in Finland."""
    return datetime.now(HELSINKI).date()


def _query(
    language: Optional[str] = Query(None, description="Language that the person speaks"),
    official: Optional[str] = Query(None, description="fi or sv; by the municipality if missing"),
    municipality: Optional[str] = Query(None, description="Code or name"),
    situation: Optional[str] = Query(None, description="As in POST /api/assessment"),
    permit: Optional[str] = Query(None, description="As in POST /api/assessment"),
    first_permit_date: Optional[str] = Query(None, description="A day, a month or a year"),
    benefits: List[str] = Query([], description="As in POST /api/assessment; `none` for neither"),
    for_whom: Optional[str] = Query(None, description="self, child or other"),
    accept_language: Optional[str] = Header(None),
) -> RequestQuery:
    return read_query(
        language=language,
        accept_language=accept_language,
        official=official,
        municipality=municipality,
        situation=situation,
        permit=permit,
        first_permit_date=first_permit_date,
        benefits=benefits,
        for_whom=for_whom,
        today=today(),
    )


@router.get("/request", response_class=HTMLResponse)
async def page(query: RequestQuery = Depends(_query)) -> Response:
    """The request on one sheet of A4, in the authority's language and in the person's."""
    letter = _letter(query)
    language = letter.language
    other = letter.other_official
    html = _templates.get_template("request.html").render(
        letter=letter,
        language=language,
        direction=direction(language),
        texts={name: said(message, language) for name, message in PAGE_TEXTS.items()},
        warnings=_warnings(query, letter),
        window=_window(letter),
        other_official=said(IN_SWEDISH if other == "sv" else IN_FINNISH, language),
        links={
            "text": f"/assessment/request.txt?{query.encoded()}",
            "calendar": f"/assessment/window.ics?{query.encoded()}",
            "other_official": f"/assessment/request?{query.encoded(official=other)}",
        },
    )
    return HTMLResponse(html, headers=PRIVATE)


@router.get("/request.txt", response_class=PlainTextResponse)
async def text(query: RequestQuery = Depends(_query)) -> Response:
    """The request as plain text."""
    return PlainTextResponse(_letter(query).as_text(), headers={**PRIVATE, **_file("request.txt")})


@router.get("/window.ics")
async def calendar(query: RequestQuery = Depends(_query)) -> Response:
    """The last day of the three years as a calendar entry with two reminders."""
    letter = _letter(query)
    if not _is_ahead(letter):
        raise HTTPException(404, translator(letter.language).gettext(NO_WINDOW), headers=PRIVATE)
    assert letter.window_ends is not None
    entry = window_calendar(
        letter.window_ends, letter.language, datetime.now(timezone.utc), letter.window_exact
    )
    headers = {**PRIVATE, **_file("assessment.ics")}
    return Response(entry, headers=headers, media_type="text/calendar; charset=utf-8")


def _letter(query: RequestQuery) -> RequestLetter:
    # The page may be in a language that only the browser asked for: what the person speaks is
    # then not known, and stays a blank.
    return request_letter(
        query.case, query.language, query.for_whom, query.official, spoken=query.spoken
    )


def _is_ahead(letter: RequestLetter) -> bool:
    return letter.window_ends is not None and letter.window_ends >= today()


def _warnings(query: RequestQuery, letter: RequestLetter) -> list[Text]:
    """A gentle line about what is in English, and for every value that was not understood."""
    language = letter.language
    warnings = [said(NOT_SERVED, language)] if query.in_english_instead else []
    own = letter.own
    if own is not None and any(part.label.language != own.language for part in own.parts):
        warnings.append(said(PARTLY_ENGLISH, language))
    _ = translator(language).gettext
    return warnings + [said(LEFT_EMPTY, language, part=_(name)) for name in query.left_out]


def _window(letter: RequestLetter) -> list[Text]:
    """When the three years end, in words."""
    if not _is_ahead(letter):
        return []
    day = format_date(letter.window_ends, "long", locale=letter.language)
    lines = [said(WINDOW_ENDS, letter.language, date=day)]
    return lines if letter.window_exact else [*lines, said(EARLIEST, letter.language)]


def _isolated(text: Text) -> Markup:
    """A text in HTML, its left-to-right runs in `<bdi>`."""
    isolated = escape(isolate(text.text, text.language))
    return Markup(isolated.replace(LRI, Markup('<bdi dir="ltr">')).replace(PDI, Markup("</bdi>")))


def _file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["isolated"] = _isolated
