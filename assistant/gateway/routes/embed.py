"""The page on which a municipality puts together its own chat, and its live preview."""

from __future__ import annotations

from typing import Annotated, Optional

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from assistant.gateway.assets import FRESH
from assistant.gateway.dependencies import PartsDep
from assistant.gateway.encoding import Content
from assistant.gateway.page_templates import templates
from assistant.i18n import LANGUAGES

router = APIRouter(tags=["pages"])


@router.get("/embed", response_class=HTMLResponse)
@router.head("/embed", include_in_schema=False)
async def configurator(
    request: Request,
    parts: PartsDep,
    municipality: Annotated[
        Optional[str], Query(max_length=20, description="Code of the one chosen at first")
    ] = None,
) -> Response:
    """Choose how the chat looks on a site of one's own, and copy the lines that show it there."""
    from assistant.catalogue import municipalities

    html = templates.get_template("embed.html").render(
        assets=parts.assets,
        municipalities=municipalities(),
        municipality=municipality,
        languages=LANGUAGES.values(),
    )
    return Content.of(html.encode(), "text/html; charset=utf-8").answer(request, FRESH)


@router.get("/embed/preview", include_in_schema=False)
@router.head("/embed/preview", include_in_schema=False)
async def preview(request: Request, parts: PartsDep) -> Response:
    """A page with the chat as the configurator wants it."""
    return parts.assets.answer(request, "embed_preview.html")
