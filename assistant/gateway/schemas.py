"""The forms of requests and answers, for checking the first and documenting both."""

from __future__ import annotations

from typing import Any, List, Literal, Optional, Union

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr


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
    message_id: Optional[StrictStr] = Field(
        None,
        regex=r"^[A-Za-z0-9_-]{1,64}\Z",
        description="The client's own id of what is sent: sent again with the same id, it gets the "
        "same answer and is not understood as a second message",
    )


class GivenFeedback(BaseModel):
    """What a person thought of an answer."""

    message: Union[StrictStr, StrictInt] = Field(
        ..., description="The `id` of the assistant's message"
    )
    helpful: StrictBool
    reason: Optional[Literal["wrong", "unclear", "language", "missing", "other"]] = Field(
        None, description="Why it was not helpful"
    )


class ButtonForm(BaseModel):
    """A choice."""

    title: str
    payload: str


class MessageForm(BaseModel):
    """A message to a person; every text is in `language` unless a card says otherwise."""

    id: Optional[str] = Field(
        description="Within the conversation; missing for a message that is not kept"
    )
    kind: Literal["answer", "question", "emergency", "handoff", "error", "info"]
    language: str
    direction: Literal["ltr", "rtl"]
    text: str
    buttons: List[ButtonForm]
    cards: List[dict[str, Any]]
    sources: List[dict[str, str]]
    about: Optional[str] = Field(description="The topic, or TOPIC/NEED, that it answers")
    sensitive: bool = Field(description="The person may want to leave the page quickly")


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


class OperatorForm(BaseModel):
    """Who runs the service; null for what the operator has not told."""

    name: Optional[str]
    url: Optional[str]
    privacy_url: Optional[str]


class ConversationForm(BaseModel):
    """A conversation, without what was said."""

    id: str
    language: str
    municipality: Optional[PlaceForm]
    languages: List[LanguageForm]
    operator: OperatorForm


class BegunConversation(ConversationForm):
    """A new conversation."""

    token: str = Field(description="Opens the conversation; it cannot be had again")
    greeting: List[MessageForm]


class EntryForm(BaseModel):
    """One message of the history: `text` (and `payload`) of a person, or `message`."""

    id: str
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


class TooManyForm(ErrorForm):
    """Too many requests at once; the header `Retry-After` has the seconds to wait."""

    messages: List[MessageForm] = Field(description="To show, in the conversation's language")
