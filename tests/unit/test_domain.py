"""The domain file fits the rules, the actions, the topics and the translations."""

import pytest
import yaml

from actions.server import executor
from assistant.catalogue.municipalities import municipalities
from assistant.dialogue.payloads import (
    MAX_BYTES,
    expand,
    inform_payload,
    language_payload,
    need_payload,
)
from assistant.dialogue.responses import domain_responses
from assistant.guidance import load_topics
from assistant.guidance.assessment import SITUATIONS
from assistant.i18n import COMPLETE, SERVED, translator
from assistant.settings import PROJECT_ROOT

DOMAIN = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES = domain_responses()
STORY_FILES = sorted((PROJECT_ROOT / "data").glob("rules/*.yml")) + sorted(
    (PROJECT_ROOT / "data").glob("stories/*.yml")
)
#: Rasa's own.
BUILT_IN = {"action_listen", "action_deactivate_loop", "action_restart", "action_session_start"}


def texts():
    for variations in RESPONSES.values():
        for response in variations:
            yield response["text"]
            yield from (button["title"] for button in response.get("buttons") or [])


def steps():
    for path in STORY_FILES:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for story in (content.get("rules") or []) + (content.get("stories") or []):
            yield from story["steps"]


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_and_button_is_translated(language):
    missing = [text for text in texts() if not translator(language).has(text)]
    assert missing == []


@pytest.mark.parametrize(
    "payload",
    [
        *(need_payload(name) for name in load_topics().names),
        *(language_payload(code) for code in SERVED),
        *(inform_payload("situation", situation) for situation in SITUATIONS),
    ],
)
def test_a_payload_is_short_ascii_and_understood(payload):
    assert payload.isascii() and len(payload) <= MAX_BYTES
    assert expand(payload)


def test_the_payload_of_every_municipality_is_short_ascii_and_understood():
    payloads = [inform_payload("municipality", one.code) for one in municipalities()]
    assert len(payloads) > 300
    assert [one for one in payloads if not one.isascii() or len(one) > MAX_BYTES] == []
    assert [one for one in payloads if not expand(one)] == []


def test_the_buttons_of_the_domain_send_payloads_that_are_understood():
    buttons = [
        button["payload"]
        for variations in RESPONSES.values()
        for response in variations
        for button in response.get("buttons") or []
    ]
    assert buttons and [payload for payload in buttons if not expand(payload)] == []


@pytest.mark.parametrize("name", sorted({step["action"] for step in steps() if "action" in step}))
def test_an_action_of_rules_and_stories_exists(name):
    known = {*RESPONSES, *DOMAIN["actions"], *DOMAIN["forms"], *BUILT_IN}
    assert name in known


@pytest.mark.parametrize("name", sorted({step["intent"] for step in steps() if "intent" in step}))
def test_an_intent_of_rules_and_stories_exists(name):
    assert name in {*DOMAIN["intents"], "nlu_fallback"}


@pytest.mark.parametrize("name", DOMAIN["actions"])
def test_an_action_of_the_domain_is_written(name):
    assert name in executor().actions


def test_every_written_action_is_in_the_domain():
    assert set(executor().actions) == set(DOMAIN["actions"])


@pytest.mark.parametrize("topic", load_topics().topics)
def test_a_topic_is_an_intent_with_a_name_and_needs(topic):
    assert topic in DOMAIN["intents"]
    assert load_topics().needs_of(topic)


@pytest.mark.parametrize("form", DOMAIN["forms"])
def test_a_question_of_a_form_has_its_words(form):
    for slot in DOMAIN["forms"][form]["required_slots"]:
        assert slot in DOMAIN["slots"]
        assert f"utter_ask_{slot}" in RESPONSES or f"action_ask_{slot}" in DOMAIN["actions"]


def test_no_two_needs_of_a_topic_have_the_same_name():
    for topic in load_topics().topics:
        names = [load_topics().name(need) for need in load_topics().needs_of(topic)]
        assert len(names) == len(set(names))


def test_topics_and_needs_are_those_that_were_agreed(shared):
    path = shared / "domain" / "topics.yml"
    if not path.exists():
        pytest.skip("topics.yml is not among the samples")
    agreed = yaml.safe_load(path.read_text(encoding="utf-8"))["topics"]
    wanted = {f"{topic['id']}/{need}" for topic in agreed for need in topic["needs"]}
    assert set(load_topics().needs) == wanted
    assert set(load_topics().topics) == {topic["id"] for topic in agreed}
