"""What people thought of answers."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, HTTPException, Response
from starlette.concurrency import run_in_threadpool

from assistant.conversations import Feedback
from assistant.conversations.store import ASSISTANT
from assistant.gateway.dependencies import OwnConversation, PartsDep
from assistant.gateway.rate_limit import refuse_beyond
from assistant.gateway.schemas import GivenFeedback, TooManyForm
from assistant.guidance.assessment.case import HELSINKI

router = APIRouter(
    prefix="/api/conversations", tags=["conversations"], responses={429: {"model": TooManyForm}}
)

#: Digits of the longest id of a message: no conversation is longer.
_LONGEST_ID = 9


@router.post("/{conversation_id}/feedback", status_code=204)
async def give(conversation: OwnConversation, given: GivenFeedback, parts: PartsDep) -> Response:
    """Say whether an answer helped.

    Kept are the day, the language, the topic and need of the answer, and what is said here; not
    the conversation, nor any text.
    """
    refuse_beyond(parts.limits.message(conversation.id), conversation.language)
    position = str(given.message)
    entry = None
    if position.isascii() and position.isdigit() and len(position) <= _LONGEST_ID:
        entry = await run_in_threadpool(parts.conversations.message, conversation.id, int(position))
    if entry is None or entry.sender != ASSISTANT:
        raise HTTPException(422, "There is no such answer in this conversation.")
    today = datetime.now(HELSINKI).date()
    feedback = Feedback.on(entry.message, today, given.helpful, given.reason)
    await run_in_threadpool(parts.feedback.add, conversation.id, entry.position, feedback)
    return Response(status_code=204)
