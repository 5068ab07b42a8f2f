"""Whatever a webhook holds, the gateway acknowledges it and goes on answering people."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.bot_api import SECRET

FUZZED = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)


@pytest.fixture
def post(updates):
    def send(content):
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": SECRET,
            "Content-Type": "application/json",
        }
        return updates.client.post(updates.url, content=content, headers=headers)

    return send


@pytest.fixture
def still_answers(updates, settled, bot_api):
    def check():
        updates.says("are you there", chat=999)
        settled()
        assert bot_api.texts(999)[-1] == "You asked: are you there"

    return check


def changed(value, chance):
    """A real update in which something is not as it should be."""
    odd = [None, True, -1, 2**63, 1e308, "", "x" * 50, "\ud800", "\u202e", [], {}, [[]], {"id": {}}]
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        rest = {key: value[key] for key in value if key != name}
        if chance.random() < 0.1:
            return rest
        return {**rest, name: changed(value[name], chance)}
    return chance.choice(odd)


def test_any_bytes_are_acknowledged(post, still_answers, rasa):
    @FUZZED
    @given(st.binary(max_size=200))
    def check(content):
        assert post(content).status_code == 200

    check()
    still_answers()


def test_any_json_is_acknowledged(post, still_answers):
    @FUZZED
    @given(JSON)
    def check(content):
        assert post(json.dumps(content).encode()).status_code == 200

    check()
    still_answers()


def test_an_update_with_anything_wrong_in_it_is_acknowledged(post, updates, still_answers):
    chance = random.Random(8)

    @FUZZED
    @given(st.integers(0, 2**32))
    def check(seed):
        chance.seed(seed)
        content = chance.choice(
            [
                {"text": "hello"},
                {"voice": {"file_id": "x"}},
                {"location": {"latitude": 60.1, "longitude": 24.9}},
                {"photo": [{"file_id": "x"}], "caption": "what"},
            ]
        )
        update = chance.choice(
            [
                updates.message(**content),
                updates.pressed("/housing"),
                updates.edited(updates.message(text="a"), text="b"),
            ]
        )
        for _ in range(chance.randint(1, 3)):
            update = changed(update, chance) if isinstance(update, dict) else update
        assert post(json.dumps(update).encode()).status_code == 200

    check()
    still_answers()


@given(payload=st.text(min_size=1, max_size=64))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_payload_of_a_button_is_answered(updates, settled, bot_api, payload):
    before = len(bot_api.texts(5))
    assert updates.post(updates.pressed(payload, chat=5)).status_code == 200
    settled()
    assert len(bot_api.texts(5)) > before


def test_deep_json_is_acknowledged(post, still_answers):
    assert post(b"[" * 30_000).status_code == 200
    assert post(b'{"update_id":1,"message":' * 2_000 + b"1" + b"}" * 2_000).status_code == 200
    still_answers()


def test_a_webhook_that_is_too_large_is_refused(post, still_answers):
    assert post(b" " * 70_000).status_code == 413
    still_answers()
