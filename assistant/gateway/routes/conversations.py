"""Conversations of the website."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Optional

from fastapi import APIRouter, Body, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.conversations import Conversation, Entry
from assistant.gateway.dependencies import (
    AcceptLanguage,
    OwnConversation,
    PartsDep,
    checked_municipality,
    limited,
)
from assistant.gateway.negotiation import request_language
from assistant.gateway.rate_limit import refuse_beyond
from assistant.gateway.schemas import (
    AnswerForm,
    BegunConversation,
    HistoryForm,
    NewConversation,
    SentMessage,
    TooManyForm,
)
from assistant.gateway.turns import Said, UnknownPayload, greeting, with_id
from assistant.i18n import LANGUAGES
from assistant.privacy.erasure import forget
from assistant.settings import Settings

router = APIRouter(
    prefix="/api/conversations",
    tags=["conversations"],
    responses={429: {"model": TooManyForm}},
)

LANGUAGE_LIST = [
    {"code": language.code, "name": language.own_name, "direction": language.direction}
    for language in LANGUAGES.values()
]


@router.post("", status_code=201, response_model=BegunConversation, dependencies=[Depends(limited)])
async def begin(
    request: Request,
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    wanted: Optional[NewConversation] = Body(None),
) -> Response:
    """Begin a conversation."""
    municipality = checked_municipality(wanted.municipality if wanted else None)
    language = request_language(wanted.language if wanted else None, accept_language)
    refuse_beyond(parts.limits.begin(request), language)
    messages = greeting(language, municipality)
    begun, token = await run_in_threadpool(
        parts.conversations.create, language, municipality, messages
    )
    shown = [{"id": str(number), **sent} for number, sent in enumerate(messages)]
    form = _form(begun, parts.settings)
    return JSONResponse({**form, "token": token, "greeting": shown}, 201)


@router.post("/{conversation_id}/messages", response_model=AnswerForm)
async def send(conversation: OwnConversation, sent: SentMessage, parts: PartsDep) -> Response:
    """Say something and get the answer."""
    if (sent.text is None) == (sent.payload is None):
        raise HTTPException(422, "Send either a text or a payload.")
    try:
        said = Said.typed(sent.text) if sent.text is not None else Said.pressed(sent.payload or "")
    except UnknownPayload:
        raise HTTPException(422, "No button sends this payload.") from None
    refuse_beyond(parts.limits.message(conversation.id), conversation.language)
    answered = await parts.turns.take(conversation, said, sent.message_id)
    return JSONResponse({"messages": answered.messages, "language": answered.language})


@router.get("/{conversation_id}", response_model=HistoryForm)
async def read(conversation: OwnConversation, parts: PartsDep) -> Response:
    """What was said so far; personal data is masked."""
    entries = await run_in_threadpool(parts.conversations.history, conversation.id)
    form = _form(conversation, parts.settings)
    return JSONResponse({**form, "messages": _history(entries)})


@router.delete("/{conversation_id}", status_code=204)
async def erase(conversation: OwnConversation, parts: PartsDep) -> Response:
    """Erase the conversation everywhere."""
    async with parts.turns.alone(conversation.id):
        await run_in_threadpool(forget, conversation.id, parts.settings)
    return Response(status_code=204)


def _form(conversation: Conversation, settings: Settings) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "language": conversation.language,
        "municipality": _place(conversation),
        "languages": LANGUAGE_LIST,
        "operator": {
            "name": settings.operator_name,
            "url": settings.operator_url,
            "privacy_url": settings.privacy_url,
        },
    }


def _place(conversation: Conversation) -> Optional[dict[str, Any]]:
    if conversation.municipality is None:
        return None
    from assistant.catalogue import municipality

    found = municipality(conversation.municipality)
    if found is None:
        return None
    name = found.name(conversation.language)
    return {"code": found.code, "name": name, "fictional": found.fictional}


def _history(entries: list[Entry]) -> list[dict[str, Any]]:
    """Entries as the page shows them: a pressed button by its title."""
    titles = {f"/language/{language.code}": language.own_name for language in LANGUAGES.values()}
    shown: list[dict[str, Any]] = []
    for entry in entries:
        created = datetime.fromtimestamp(entry.created, timezone.utc).isoformat(timespec="seconds")
        form: dict[str, Any] = {
            "id": str(entry.position),
            "sender": entry.sender,
            "created": created,
        }
        if entry.sender == "assistant":
            form["message"] = with_id(entry)
            for button in entry.message.get("buttons") or []:
                titles[button["payload"]] = button["title"]
        else:
            payload = entry.message.get("payload")
            form["text"] = entry.message.get("text") or titles.get(payload or "", payload)
            if payload:
                form["payload"] = payload
        shown.append(form)
    return shown
