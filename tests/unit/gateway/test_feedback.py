"""What people thought of answers."""

import sqlite3
from datetime import date, timedelta

import httpx
import pytest
from played_rasa import reply

from assistant.conversations import REASONS, Feedback, FeedbackStore
from assistant.gateway.schemas import GivenFeedback
from assistant.privacy.erasure import purge


@pytest.fixture
def answered(begin, rasa):
    """A person whose question was answered, and the id of the answer."""

    def build(about="housing/deposit_and_contract", **wanted):
        rasa.answer = lambda sent: httpx.Response(200, json=[reply("An answer.", about=about)])
        person = begin(language="en", **wanted)
        person.answer = person.says("my landlord keeps my deposit")[0]["id"]
        return person

    return build


def rate(person, **given):
    return person.client.post(f"{person.path}/feedback", json=given, headers=person.headers)


def kept(settings):
    with sqlite3.connect(settings.home / "conversations.db") as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM feedback")]


def test_feedback_is_kept_with_what_the_answer_was_about_and_nothing_else(answered, settings):
    person = answered()
    assert rate(person, message=person.answer, helpful=False, reason="unclear").status_code == 204
    (row,) = kept(settings)
    assert len(row.pop("id")) == 32
    assert date.fromisoformat(row.pop("day"))
    assert row == {
        "language": "en",
        "topic": "housing",
        "need": "deposit_and_contract",
        "helpful": 0,
        "reason": "unclear",
    }


def test_feedback_leads_to_no_conversation_and_holds_no_text(answered, settings):
    person = answered()
    rate(person, message=person.answer, helpful=True)
    (row,) = kept(settings)
    assert not any(
        part in str(row) for part in (person.begun["id"], person.begun["token"], "landlord")
    )


def test_feedback_stays_when_its_conversation_is_erased(answered, settings):
    person = answered()
    rate(person, message=person.answer, helpful=True)
    person.erase()
    assert len(kept(settings)) == 1


def test_a_second_thought_replaces_the_first(answered, settings):
    person = answered()
    for given in ({"helpful": False}, {"helpful": False, "reason": "wrong"}):
        rate(person, message=person.answer, **given)
    assert [row["reason"] for row in kept(settings)] == ["wrong"]


def test_feedback_on_another_answer_is_its_own(answered, settings):
    person = answered()
    later = person.says("and now")[0]["id"]
    for answer in (person.answer, later):
        rate(person, message=answer, helpful=True)
    assert len(kept(settings)) == 2


def test_an_answer_can_be_named_by_its_number_too(answered):
    person = answered()
    assert rate(person, message=int(person.answer), helpful=True).status_code == 204


@pytest.mark.parametrize(
    ("about", "topic", "need"), [(None, None, None), ("health", "health", None)]
)
def test_an_answer_about_no_certain_need_is_rated_too(answered, settings, about, topic, need):
    person = answered(about)
    rate(person, message=person.answer, helpful=True)
    (row,) = kept(settings)
    assert (row["topic"], row["need"]) == (topic, need)


def test_a_helpful_answer_needs_no_reason(answered, settings):
    person = answered()
    rate(person, message=person.answer, helpful=True, reason="wrong")
    assert kept(settings)[0]["reason"] is None


@pytest.mark.parametrize(
    "message", ["99", "1", "-1", "", "x", "1.5", "١", "9" * 40, -1, 10**30], ids=str
)
def test_there_is_feedback_only_on_an_answer_of_the_conversation(answered, settings, message):
    refused = rate(answered(), message=message, helpful=True)
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]


@pytest.mark.parametrize(
    "given",
    [{}, {"helpful": None}, {"helpful": "yes"}, {"helpful": False, "reason": "rude"}]
    + [{"helpful": True, "message": True}, {"helpful": True, "message": None}],
)
def test_feedback_that_says_nothing_is_refused_in_one_line(answered, given):
    person = answered()
    refused = rate(person, **{"message": person.answer, **given})
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]


def test_feedback_needs_the_token_of_the_conversation(answered, settings):
    person = answered()
    person.headers = {"Authorization": "Bearer wrong"}
    assert rate(person, message=person.answer, helpful=True).status_code == 401


def test_nobody_can_read_feedback_over_the_network(answered):
    person = answered()
    read = person.client.get(f"{person.path}/feedback", headers=person.headers)
    assert read.status_code == 405


def test_reasons_are_the_same_everywhere():
    allowed = GivenFeedback.__fields__["reason"].type_
    assert set(REASONS) == set(allowed.__args__)


def test_purge_erases_feedback_that_is_older_than_a_year_and_keeps_the_rest(settings):
    store = FeedbackStore(settings.conversations_url)
    today = date.today()
    for position, days in enumerate((0, 40, 364, 366, 800)):
        day = today - timedelta(days=days)
        store.add("x", position, Feedback(day, "fi", "housing", None, True))
    store.close()
    purge(timedelta(days=30), settings)
    assert {row["day"] for row in kept(settings)} == {
        (today - timedelta(days=days)).isoformat() for days in (0, 40, 364)
    }
