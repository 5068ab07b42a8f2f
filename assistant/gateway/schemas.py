"""The forms of requests and answers, for checking the first and documenting both."""

from __future__ import annotations

from typing import Any, List, Literal, Optional

from pydantic import BaseModel, Field, StrictStr


class NewConversation(BaseModel):
    """A conversation to begin."""

    language: Optional[StrictStr] = Field(
        None, max_length=35, description="Language code; default: `Accept-Language`"
    )
    municipality: Optional[StrictStr] = Field(
        None, max_length=20, description="Code of the municipality, such as 091"
    )


class SentMessage(BaseModel):
    """What a person sends: a text, or the payload of a button."""

    text: Optional[StrictStr] = Field(None, description="What the person wrote")
    payload: Optional[StrictStr] = Field(None, max_length=500, description="Of a pressed button")


class ButtonForm(BaseModel):
    """A choice."""

    title: str
    payload: str


class MessageForm(BaseModel):
    """A message to a person; every text is in `language` unless a card says otherwise."""

    kind: Literal["answer", "question", "emergency", "handoff", "error", "info"]
    language: str
    direction: Literal["ltr", "rtl"]
    text: str
    buttons: List[ButtonForm]
    cards: List[dict[str, Any]]
    sources: List[dict[str, str]]


class LanguageForm(BaseModel):
    """A served language."""

    code: str
    name: str = Field(description="Its own name")
    direction: Literal["ltr", "rtl"]


class PlaceForm(BaseModel):
    """The municipality of a conversation."""

    code: str
    name: str
    fictional: bool


class ConversationForm(BaseModel):
    """A conversation, without what was said."""

    id: str
    language: str
    municipality: Optional[PlaceForm]
    languages: List[LanguageForm]


class BegunConversation(ConversationForm):
    """A new conversation."""

    token: str = Field(description="Opens the conversation; it cannot be had again")
    greeting: List[MessageForm]


class EntryForm(BaseModel):
    """One message of the history: `text` (and `payload`) of a person, or `message`."""

    sender: Literal["person", "assistant"]
    created: str
    text: Optional[str]
    payload: Optional[str]
    message: Optional[MessageForm]


class HistoryForm(ConversationForm):
    """A conversation and what was said; personal data is masked."""

    messages: List[EntryForm]


class AnswerForm(BaseModel):
    """The answer to a message."""

    messages: List[MessageForm]
    language: str = Field(description="The language that the conversation goes on in")


class ServicesForm(BaseModel):
    """A page of services; each is a card."""

    services: List[dict[str, Any]]
    next_offset: Optional[int] = Field(description="Where the next page starts, if there is one")


class MunicipalityForm(BaseModel):
    """A municipality."""

    code: str
    name: dict[str, str]
    region: Optional[dict[str, str]]
    website: Optional[str]
    fictional: bool


class ReadyForm(BaseModel):
    """Readiness of the service and its parts."""

    status: Literal["ready", "not ready"]
    parts: dict[str, bool]


class ErrorForm(BaseModel):
    """An error."""

    detail: str = Field(description="One clear line")
