"""The question between likely needs when one of them is an emergency; no model is needed."""

from __future__ import annotations

from datetime import date

from assistant.dialogue.answers import clarifying_question
from assistant.dialogue.turn import Turn


def _turn(*ranking: tuple[str, float]) -> Turn:
    understood = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    state = {
        "slots": {"language": "en"},
        "latest_message": {"intent": {"name": "nlu_fallback"}, "need": {"ranking": understood}},
    }
    return Turn.from_tracker(state, date(2026, 11, 24))


def test_possible_danger_names_112_before_the_question() -> None:
    question = clarifying_question(
        _turn(("social_services/violence_at_home", 0.27), ("emergency/violence_now", 0.26))
    )
    assert question is not None
    assert question["kind"] == "question"
    assert "112" in question["text"].splitlines()[0]
    assert "/emergency/violence_now" in [button["payload"] for button in question["buttons"]]


def test_an_ordinary_question_does_not_speak_of_danger() -> None:
    question = clarifying_question(_turn(("housing/deposit_and_contract", 0.27)))
    assert question is not None
    assert "112" not in question["text"]
