"""What a turn of the conversation is about, read from the tracker's state.

Rasa's tracker and rasa-sdk's are both given as the same dictionary (`current_state`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Optional

from assistant.guidance.topics import META_TOPICS, load_topics
from assistant.i18n import served
from assistant.settings import get_settings

UNKNOWN = "unknown"
#: In place of the date of the first permit.
NO_PERMIT = "none"
#: Actions that answer a need; the answer to an emergency is a response of the domain.
_ANSWERS = ("action_answer", "action_services", "action_assessment")


@dataclass(frozen=True)
class Turn:
    """The latest message and what is known from before."""

    language: str
    intent: Optional[str]
    topic: Optional[str]
    need: Optional[str]
    ranking: list[tuple[str, float]]
    municipality: Optional[str]
    slots: dict[str, Any]
    entities: dict[str, Any]
    today: date
    text: str = ""
    vector: Optional[str] = None
    channel: Optional[str] = None
    unserved_language: bool = False
    detected_language: Optional[str] = None
    confidence: float = 0.0
    second_need: Optional[str] = None
    opening: Optional[str] = None
    events: list[dict[str, Any]] = field(default_factory=list, repr=False)

    @classmethod
    def from_tracker(cls, state: dict[str, Any], today: date) -> Turn:
        """Read a tracker's state."""
        slots = state.get("slots") or {}
        latest = state.get("latest_message") or {}
        metadata = latest.get("metadata") or {}
        intent = (latest.get("intent") or {}).get("name")
        entities = {
            entity["entity"]: entity.get("value") for entity in latest.get("entities") or []
        }
        understood = latest.get("need") or {}
        need = _need_of(intent, entities, understood)
        detected = latest.get("language") or {}
        municipality = slots.get("municipality")
        if municipality is None:
            municipality = metadata.get("municipality")
        return cls(
            language=served(
                slots.get("language") or metadata.get("language") or get_settings().language
            ),
            intent=intent,
            topic=intent if intent in load_topics().topics else None,
            need=need,
            ranking=[
                (entry["name"], entry["confidence"]) for entry in understood.get("ranking") or []
            ],
            municipality=None if municipality == UNKNOWN else municipality,
            slots=slots,
            entities=entities,
            today=today,
            text=latest.get("text") or "",
            vector=latest.get("vector"),
            channel=state.get("latest_input_channel"),
            unserved_language=bool(detected.get("code")) and not detected.get("served", True),
            detected_language=detected.get("code"),
            confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
            second_need=latest.get("second_need"),
            opening=latest.get("opening"),
            events=state.get("events") or [],
        )

    @property
    def asked_for_service(self) -> bool:
        """True when the message names a need that a guide answers."""
        return self.topic is not None and self.topic not in META_TOPICS

    @property
    def last_answer(self) -> tuple[Optional[str], Optional[str]]:
        """Topic and need of what was answered last: an emergency, or what is remembered."""
        danger = False
        for event in reversed(self.events):
            if event.get("name") in _ANSWERS or event.get("event") == "reset_slots":
                break
            danger = danger or event.get("name") == "utter_danger"
            if danger and event.get("event") == "user":
                parsed = event.get("parse_data") or {}
                entities = {one["entity"]: one.get("value") for one in parsed.get("entities") or []}
                return "emergency", _need_of("emergency", entities, parsed.get("need") or {})
        return self.slots.get("topic"), self.slots.get("need")

    def likely_needs(self, limit: int = 2) -> list[str]:
        """The likeliest needs to choose from, without those about the assistant itself."""
        return [
            name
            for name, confidence in self.ranking
            if "/" in name and name.split("/")[0] not in META_TOPICS and confidence > 0.02
        ][:limit]


def _need_of(
    intent: Optional[str], entities: dict[str, Any], understood: dict[str, Any]
) -> Optional[str]:
    if entities.get("need"):
        return str(entities["need"])
    name = str(understood.get("name") or "")
    return name.split("/", 1)[1] if "/" in name and name.split("/")[0] == intent else None
