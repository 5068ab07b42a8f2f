"""The topics of the guided start, and the names of the days."""

import re

import pytest

from assistant.dialogue.payloads import expand
from assistant.gateway.assets import STATIC
from assistant.gateway.guided_start import PICTURED_TOPICS
from assistant.gateway.ui_texts import weekday_names
from assistant.guidance.topics import load_topics
from assistant.i18n import SERVED


def topics(client, language="fi"):
    return client.get(f"/i18n/{language}/topics.json").json()["topics"]


def test_topics_and_needs_are_named_in_the_language_asked_for(client):
    daycare = topics(client)[3]
    assert daycare["name"] == "Päiväkoti ja varhaiskasvatus"
    assert daycare["needs"][0] == {
        "id": "early_childhood_education/apply_for_place",
        "name": "Hae päiväkotipaikkaa",
    }


def test_every_choice_is_something_that_a_button_may_send(client):
    sent = [f"/{need['id']}" for topic in topics(client) for need in topic["needs"]]
    assert [payload for payload in sent if expand(payload) is None] == []


@pytest.mark.parametrize("topic", PICTURED_TOPICS, ids=lambda topic: topic.picture)
def test_a_topic_has_a_name_and_at_most_eight_needs_each_once(topic):
    assert topic.named in load_topics().names
    assert 1 <= len(topic.needs) <= 8
    assert len(set(topic.needs)) == len(topic.needs)


def test_every_topic_has_a_picture_of_its_own():
    script = (STATIC / "chat" / "pictures.js").read_text(encoding="utf-8")
    drawn = re.findall(r"^  (\w+): \[", script, re.M)
    assert sorted(topic.picture for topic in PICTURED_TOPICS) == sorted(drawn)


def test_a_language_that_is_not_served_has_no_topics(client):
    assert client.get("/i18n/xx/topics.json").status_code == 404


def test_the_widget_is_told_the_days_from_monday_on(client):
    days = client.get("/i18n/fi.json").json()["texts"]["days"].split(",")
    assert (days[0], days[6]) == ("maanantai", "sunnuntai")


@pytest.mark.parametrize("language", SERVED)
def test_every_language_has_seven_different_days_without_a_comma_in_them(language):
    names = weekday_names(language)
    assert len(set(names)) == 7
    assert not any("," in name for name in names)
