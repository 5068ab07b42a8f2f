"""The demonstration page, the widget and its texts."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant.gateway.ui_texts import UI_TEXTS
from assistant.i18n import LANGUAGES, direction, translator

STATIC = Path(__file__).resolve().parent.parent / "static"
#: Asked for again each time, answered "not modified" while they are the same.
FRESH = {"Cache-Control": "no-cache"}

router = APIRouter(tags=["pages"])
_files = StaticFiles(directory=STATIC)


@router.get("/i18n/{language}.json", response_model=dict)
async def ui_texts(language: str) -> Response:
    """The widget's own texts in a language."""
    if language not in LANGUAGES:
        raise HTTPException(404, "There is no such language.")
    texts = translator(language)
    return JSONResponse(
        {
            "language": language,
            "direction": direction(language),
            "texts": {name: texts.gettext(text) for name, text in UI_TEXTS.items()},
        },
        headers=FRESH,
    )


async def _static(request: Request) -> Response:
    name = request.url.path.lstrip("/") or "index.html"
    answer = await _files.get_response(name, request.scope)
    answer.headers.update(FRESH)
    return answer


for _path in ("/", *(f"/{file.relative_to(STATIC)}" for file in sorted(STATIC.rglob("*.*")))):
    router.add_api_route(_path, _static, include_in_schema=_path in ("/", "/widget.js"))
    router.add_api_route(_path, _static, methods=["HEAD"], include_in_schema=False)
