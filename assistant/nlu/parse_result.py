"""The result of NLU in the form that `kuntaopas parse` prints."""

from __future__ import annotations

from typing import Any

from assistant.guidance.topics import load_topics

#: Entities that only carry something within the dialogue.
INTERNAL_ENTITIES = ("conversation_language", "need")


def parse_result(text: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """The published form of Rasa's parse result.

    `topic` is an id of the topics whatever the confidence; replies such as "yes" or "in Espoo"
    that ask for nothing belong to `bot_meta`. `need` is the need within the topic, or None.
    `intent` is what the dialogue acts on, `nlu_fallback` when it is not sure; `confidence` is that
    of the topic all the same.
    """
    intent = parsed.get("intent") or {}
    best = str((parsed.get("need") or {}).get("name") or intent.get("name") or "")
    topic, _, need = best.partition("/")
    if topic not in load_topics().topics:
        topic, need = "bot_meta", ""
    return {
        "text": text,
        "language": (parsed.get("language") or {}).get("code"),
        "topic": topic,
        "need": need or None,
        "intent": intent.get("name"),
        "confidence": round(_confidence(parsed, best.partition("/")[0]), 4),
        "entities": [
            {
                key: entity.get(key)
                for key in ("entity", "value", "start", "end")
                if entity.get(key) is not None
            }
            for entity in parsed.get("entities") or []
            if entity.get("entity") not in INTERNAL_ENTITIES
        ],
        "emergency": bool(parsed.get("emergency")),
    }


def _confidence(parsed: dict[str, Any], topic: str) -> float:
    """The probability of a topic. Rasa's fallback puts its threshold in the intent's place."""
    ranking = {
        one.get("name"): float(one.get("confidence") or 0.0)
        for one in parsed.get("intent_ranking") or []
    }
    given = float((parsed.get("intent") or {}).get("confidence") or 0.0)
    return ranking.get(topic, given)
