"""What routes need, as annotated dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Optional

from fastapi import Depends, Header, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from assistant.conversations import Conversation, ConversationStore, FeedbackStore
from assistant.gateway.assets import Assets
from assistant.gateway.catalogue import Catalogue
from assistant.gateway.messaging import Messaging
from assistant.gateway.negotiation import request_language
from assistant.gateway.rasa_client import RasaClient
from assistant.gateway.rate_limit import Limits, refuse_beyond
from assistant.gateway.turns import Turns
from assistant.settings import Settings


@dataclass(frozen=True)
class Parts:
    """What the gateway is made of."""

    settings: Settings
    conversations: ConversationStore
    rasa: RasaClient
    turns: Turns
    catalogue: Catalogue
    feedback: FeedbackStore
    limits: Limits
    assets: Assets
    messaging: Messaging


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsDep = Annotated[Parts, Depends(_parts)]
AcceptLanguage = Annotated[Optional[str], Header(alias="Accept-Language")]
_bearer = HTTPBearer(auto_error=False, description="The token given out with the conversation")


def limited(request: Request, parts: PartsDep, accept_language: AcceptLanguage = None) -> None:
    """Count a request of its address.

    Raises:
        TooManyRequests: when there were too many.
    """
    refuse_beyond(parts.limits.request(request), request_language(None, accept_language))


async def _own_conversation(
    request: Request,
    conversation_id: str,
    parts: PartsDep,
    credentials: Annotated[Optional[HTTPAuthorizationCredentials], Depends(_bearer)],
    accept_language: AcceptLanguage = None,
) -> Conversation:
    wait = parts.limits.request(request)
    found = await run_in_threadpool(parts.conversations.find, conversation_id)
    if found is not None and found.silent_for(parts.settings.conversation_days):
        found = None  # its token has expired; `purge` erases it
    opened = (
        found is not None and credentials is not None and found.opened_by(credentials.credentials)
    )
    # Only who holds the token is told in the conversation's language.
    refuse_beyond(
        wait, found.language if found and opened else request_language(None, accept_language)
    )
    if found is None:
        raise HTTPException(404, "There is no such conversation.")
    if not opened:
        raise HTTPException(
            401,
            "The token of the conversation is missing or wrong.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return found


OwnConversation = Annotated[Conversation, Depends(_own_conversation)]


def checked_municipality(code: Optional[str]) -> Optional[str]:
    """The three-digit code of a municipality.

    Raises:
        HTTPException: if there is no such municipality.
    """
    if not code:
        return None
    from assistant.catalogue import municipality

    found = municipality(code)
    if found is None:
        raise HTTPException(
            422, f"There is no municipality with the code {code[:20]!r}: use a code such as 091."
        )
    return found.code
