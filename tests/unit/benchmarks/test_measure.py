"""What counts as an answer, with a door that plays a system."""

import pytest

from benchmarks.measure import check_answered, measure
from benchmarks.phrases import Script
from benchmarks.processes import BenchmarkFailed

SCRIPT = Script("fi", ("hei", "kiitos"))


class PlayedDoor:
    """Answers every message in the same way and counts conversations."""

    def __init__(self, answer):
        self.answer, self.conversations, self.said = answer, 0, []

    def begin(self, language):
        self.conversations += 1
        return lambda text: self.said.append(text) or self.answer


def played(answer, messages=20):
    door = PlayedDoor(answer)
    (measured,) = measure([door], [SCRIPT], messages, lambda: None)
    return door, measured


def test_answers_of_a_working_system_are_accepted():
    _, measured = played([{"kind": "answer", "text": "Hei"}])
    assert measured.unanswered == 0
    check_answered(measured, "Kuntaopas")


@pytest.mark.parametrize("answer", [[], [{"kind": "error", "text": "Anteeksi"}]])
def test_a_system_that_only_apologises_or_is_silent_has_no_figures(answer):
    _, measured = played(answer)
    with pytest.raises(BenchmarkFailed, match="170 messages"):
        check_answered(measured, "Kuntaopas")


def test_the_warm_up_is_not_counted():
    door, measured = played([{"text": "x"}], messages=30)
    assert measured.latency.count == 30
    assert len(door.said) == 4 + 30 + 3 * 50


def test_messages_are_shared_among_twenty_conversations():
    door, _ = played([{"text": "x"}], messages=200)
    assert door.conversations == 1 + 20 + 3


def test_two_doors_take_turns_a_conversation_each():
    order = []

    class Named(PlayedDoor):
        def begin(self, language):
            order.append(self)
            return super().begin(language)

    first, second = Named([{"text": "x"}]), Named([{"text": "x"}])
    measured = measure([first, second], [SCRIPT], 40, lambda: None)
    assert order == [first, second] * (1 + 20 + 3)
    assert [each.latency.count for each in measured] == [40, 40]
