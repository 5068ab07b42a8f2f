"""The demonstration page, the widget's files and its texts."""

from __future__ import annotations

from typing import Annotated, Any, Optional

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assistant.gateway.assets import FRESH, load_assets
from assistant.gateway.conditional import tagged
from assistant.gateway.contacts import contacts
from assistant.gateway.dependencies import AcceptLanguage, PartsDep
from assistant.gateway.encoding import Content
from assistant.gateway.guided_start import pictured_topics
from assistant.gateway.negotiation import request_language
from assistant.gateway.page_templates import templates
from assistant.gateway.ui_texts import UI_TEXTS, weekday_names
from assistant.i18n import LANGUAGES, SOURCE_LANGUAGE, direction, marked, translator

NO_SCRIPT = marked("This chat needs JavaScript. You get help here too:")

ABOUT = UI_TEXTS["about"]
router = APIRouter(tags=["pages"])


@router.get("/", response_class=HTMLResponse)
@router.head("/", include_in_schema=False)
async def page(
    request: Request,
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    language: Annotated[
        Optional[str], Query(max_length=35, description="Default: `Accept-Language`")
    ] = None,
    municipality: Annotated[
        Optional[str], Query(max_length=20, description="Code, such as 091")
    ] = None,
) -> Response:
    """The demonstration page: the chat, and contacts for people without JavaScript."""
    from assistant.catalogue import municipality as find_municipality

    code = request_language(language, accept_language)
    place = find_municipality(municipality)
    texts = translator(code)
    html = templates.get_template("index.html").render(
        assets=parts.assets,
        language=code,
        direction=direction(code),
        municipality=place.code if place is not None else None,
        about=texts.gettext(ABOUT),
        no_script=texts.gettext(NO_SCRIPT),
        no_script_language=code if texts.has(NO_SCRIPT) else SOURCE_LANGUAGE,
        contacts=await run_in_threadpool(contacts, parts.catalogue, place, code),
    )
    content = Content.of(html.encode(), "text/html; charset=utf-8")
    return content.answer(request, FRESH, "Accept-Language")


@router.get("/i18n/{language}.json", response_model=dict)
async def ui_texts(language: str, request: Request, parts: PartsDep) -> Response:
    """The widget's own texts in a language."""
    if language not in LANGUAGES:
        raise HTTPException(404, "There is no such language.")
    texts = translator(language)
    form: dict[str, Any] = {
        "language": language,
        "direction": direction(language),
        "texts": {name: texts.gettext(text) for name, text in UI_TEXTS.items()},
    }
    form["texts"]["days"] = ",".join(weekday_names(language))
    return tagged(request, form, parts.assets.cache(request), vary="")


@router.get("/i18n/{language}/topics.json", response_model=dict)
async def topics(language: str, request: Request, parts: PartsDep) -> Response:
    """Topics of the guided start and what is asked most of them, named in a language."""
    if language not in LANGUAGES:
        raise HTTPException(404, "There is no such language.")
    form = {"language": language, "topics": pictured_topics(language)}
    return tagged(request, form, parts.assets.cache(request), vary="")


async def _static(request: Request, parts: PartsDep) -> Response:
    return parts.assets.answer(request, request.url.path.lstrip("/"))


for _name in load_assets().names:
    _shown = _name == "widget.js"
    router.add_api_route(f"/{_name}", _static, include_in_schema=_shown)
    router.add_api_route(f"/{_name}", _static, methods=["HEAD"], include_in_schema=False)
