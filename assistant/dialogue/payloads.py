"""What buttons send: short ASCII payloads, at most 64 bytes.

`/housing`, `/housing/deposit_and_contract`, `/inform/municipality/091`, `/language/ar`, `/deny`,
`/services/more`, `/services/details/2`, `/easy/housing/deposit_and_contract`.
Rasa reads `/intent{"entity": "value"}`, which would be longer than messaging apps allow:
`expand` makes the one from the other when a message arrives.
"""

from __future__ import annotations

import json
import re
from typing import Optional

from assistant.guidance.topics import load_topics
from assistant.i18n.languages import LANGUAGES

MAX_BYTES = 64
ACTS = ("affirm", "deny", "dont_know", "none_of_these", "why_ask")
#: The intent and the entity of the buttons under services.
SERVICES, VIEW = "services", "view"
#: What can be done with the services that are shown; with some of them, by the number of one.
VIEWS = ("more", "near", "open_now", "in_my_language", "details", "hours", "all")
OF_ONE = ("details", "hours")
MOST_SHOWN = 9
#: Entities that tell a case of the assessment.
CASE_ENTITIES = (
    "situation",
    "permit",
    "permit_date",
    "benefit",
    "residence",
    "assessed",
    "person_age",
    "for_whom",
)
INFORMED = ("municipality", "child_age", *CASE_ENTITIES)
_VALUE = re.compile(r"[a-z0-9_-]{1,40}")
#: Rasa's own form, accepted for a known intent with values of harmless form.
_RASA = re.compile(r"^/([a-z_]+)(\{.*\})?$", re.DOTALL)
RASA_ENTITIES = ("need", *INFORMED, "conversation_language", "view")


def need_payload(identifier: str) -> str:
    """The payload of a topic or of `topic/need`."""
    return f"/{identifier}"


def inform_payload(slot: str, value: str) -> str:
    """The payload that answers a question."""
    return f"/inform/{slot}/{value}"


def view_payload(view: str, number: Optional[int] = None) -> str:
    """The payload that shows the services otherwise; `number` counts those shown, from 1."""
    return f"/services/{view}" if number is None else f"/services/{view}/{number}"


def language_payload(code: str) -> str:
    """The payload that switches the language of the conversation."""
    return f"/language/{code}"


def easy_payload(identifier: str) -> str:
    """The payload that says the answer to a topic or to `topic/need` in simpler words."""
    return f"/easy/{identifier}"


def expand(text: str) -> Optional[str]:
    """Rasa's form of a payload; None for anything that no button of ours sends."""
    text = text.strip()
    if not text.startswith("/"):
        return None
    rasa = _RASA.match(text)
    if rasa and rasa.group(2):
        return _checked(rasa.group(1), rasa.group(2))
    parts = text[1:].split("/")
    if len(parts) == 1 and parts[0] in ACTS:
        return text
    topics = load_topics()
    if parts[0] in topics.topics and len(parts) <= 2:
        if len(parts) == 1:
            return text
        if "/".join(parts) in topics.names:
            return _rasa(parts[0], need=parts[1])
    if parts[0] == "easy" and "/".join(parts[1:]) in topics.names:
        return _rasa("bot_meta", need="explain_simpler", view="/".join(parts[1:]))
    if parts[0] == "inform" and len(parts) == 3 and parts[1] in INFORMED:
        return _rasa("inform", **{parts[1]: parts[2]}) if _VALUE.fullmatch(parts[2]) else None
    if parts[0] == "services" and len(parts) in (2, 3) and parts[1] in VIEWS:
        if len(parts) == 2:
            return _rasa("services", view=parts[1])
        if parts[1] in OF_ONE and parts[2] in map(str, range(1, MOST_SHOWN + 1)):
            return _rasa("services", view=f"{parts[1]}_{parts[2]}")
        return None
    if parts[0] == "language" and len(parts) == 2 and parts[1] in LANGUAGES:
        return _rasa("bot_meta", need="change_language", conversation_language=parts[1])
    return None


def looks_like_payload(text: str) -> bool:
    """True for a text that a button rather than a person has written."""
    return text.strip().startswith("/")


def as_text(text: str) -> str:
    """A typed message that merely looks like a payload, as ordinary text."""
    return re.sub(r"^[\s/{}]+", "", text).replace("{", " ").replace("}", " ").strip() or "?"


def _rasa(intent: str, **entities: str) -> str:
    return f"/{intent}{json.dumps(entities)}"


def _checked(intent: str, arguments: str) -> Optional[str]:
    try:
        entities = json.loads(arguments)
    except ValueError:
        return None
    topics = load_topics()
    known = intent in topics.topics or intent in (*ACTS, "inform", "services")
    if not known or not isinstance(entities, dict):
        return None
    if "need" in entities and f"{intent}/{entities['need']}" not in topics.names:
        return None
    harmless = all(
        key in RASA_ENTITIES and isinstance(value, str) and _VALUE.fullmatch(value)
        for key, value in entities.items()
    )
    return _rasa(intent, **entities) if harmless else None
