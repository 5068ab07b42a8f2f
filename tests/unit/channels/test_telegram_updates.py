"""Telegram's updates as incoming messages; the examples are of Telegram's guide to webhooks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.incoming import Kind
from assistant.channels.platform import Unreadable
from assistant.channels.telegram.updates import ALLOWED_UPDATES, read_update

CHAT = {"last_name": "Test Lastname", "id": 1111111, "type": "private", "first_name": "Test"}
FROM = {"last_name": "Test Lastname", "id": 1111111, "first_name": "Test", "language_code": "fi"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Neighbours"}
FILE = {"file_id": "AwADBAADbXXXXXXXXXXXGBdhD2l6_XX", "file_unique_id": "x", "file_size": 3000}


def message(**content):
    given = {"date": 1441645532, "chat": CHAT, "message_id": 1365, "from": FROM, **content}
    return {"update_id": 10000, "message": given}


def test_the_example_of_the_guide_is_read():
    # It is older than the field `type` of a chat.
    update = json.loads(
        """{"update_id":10000, "message":{"date":1441645532, "chat":{"last_name":"Test Lastname",
        "id":1111111, "first_name":"Test", "username":"Test"}, "message_id":1365,
        "from":{"last_name":"Test Lastname", "id":1111111, "first_name":"Test",
        "username":"Test"}, "text":"/start"}}"""
    )
    read = read_update(update)
    assert (read.kind, read.text, read.address, read.id) == (
        Kind.TEXT,
        "/start",
        "1111111",
        "10000",
    )
    assert (read.sent, read.order, read.language) == (1441645532.0, 10000, None)


def test_the_language_of_the_app_is_told():
    assert read_update(message(text="a")).language == "fi"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"text": "hello"}, Kind.TEXT),
        ({"text": "a", "forward_origin": {"type": "user", "date": 1}}, Kind.TEXT),
        ({"text": "a", "reply_to_message": {"message_id": 1}}, Kind.TEXT),
        ({"voice": {**FILE, "duration": 5, "mime_type": "audio/ogg"}}, Kind.VOICE),
        ({"audio": {**FILE, "duration": 243, "title": "Test"}}, Kind.VOICE),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, Kind.VOICE),
        ({"photo": [{**FILE, "width": 90, "height": 67}]}, Kind.PICTURE),
        ({"video": {**FILE, "width": 90, "height": 67, "duration": 3}}, Kind.PICTURE),
        ({"animation": {**FILE, "duration": 1}, "document": FILE}, Kind.PICTURE),
        ({"sticker": {**FILE, "type": "regular", "emoji": "👍"}}, Kind.STICKER),
        ({"contact": {"phone_number": "+358401234567", "first_name": "A"}}, Kind.CONTACT),
        ({"document": {**FILE, "file_name": "Testfile.pdf"}}, Kind.DOCUMENT),
        ({"poll": {"id": "1", "question": "?", "options": []}}, Kind.UNKNOWN),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.UNKNOWN),
        ({"story": {"chat": CHAT, "id": 1}}, Kind.UNKNOWN),
        ({"something_new_of_next_year": {}}, Kind.UNKNOWN),
    ],
)
def test_each_message_has_its_kind(content, kind):
    assert read_update(message(**content)).kind is kind


def test_nothing_of_a_contact_is_read():
    read = read_update(message(contact={"phone_number": "+358401234567", "first_name": "A"}))
    assert "358401234567" not in str(read.as_dict())


def test_the_words_under_a_picture_are_read():
    assert read_update(message(photo=[FILE], caption="What is this?")).text == "What is this?"


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 60.17, "longitude": 24.94}},
        {"location": {"latitude": 60.17, "longitude": 24.94, "live_period": 900}},
        {
            "venue": {"location": {"latitude": 60.17, "longitude": 24.94}, "title": "Oodi"},
            "location": {"latitude": 60.17, "longitude": 24.94},
        },
    ],
)
def test_a_location_has_a_place(content):
    read = read_update(message(**content))
    assert (read.kind, read.place, read.text) == (Kind.LOCATION, (60.17, 24.94), "")


@pytest.mark.parametrize(
    "location", [{"latitude": 200, "longitude": 0}, {"latitude": "60"}, {}, {"longitude": True}]
)
def test_a_location_that_is_nowhere_has_none(location):
    assert getattr(read_update(message(location=location or {"x": 1})), "place", None) is None


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {"message_id": 1, "date": 0, "chat": CHAT}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {},
    ],
)
def test_what_somebody_does_to_the_chat_is_no_message(content):
    assert read_update(message(**content)) is None


def edited(**content):
    return {"update_id": 10001, "edited_message": {**message()["message"], **content}}


def test_an_edited_text_is_read():
    read = read_update(edited(text="Edited text", edit_date=1441646600))
    assert (read.kind, read.text, read.sent) == (Kind.EDITED, "Edited text", 1441646600.0)


@pytest.mark.parametrize(
    "content",
    [
        {"caption": "another caption", "photo": [FILE]},
        {"location": {"latitude": 60.17, "longitude": 24.94, "live_period": 900}},
        {"text": None},
        {},
    ],
)
def test_an_edit_without_text_is_no_message(content):
    assert read_update(edited(**content)) is None


def pressed(**values):
    query = {
        "id": "4382bfdwdsb323b2d9",
        "from": FROM,
        "message": {"message_id": 1, "date": 0, "chat": CHAT},
        "chat_instance": "1",
        "data": "/housing",
        **values,
    }
    return {"update_id": 10002, "callback_query": query}


def test_a_pressed_button_is_read():
    read = read_update(pressed())
    assert (read.kind, read.text, read.reference) == (Kind.BUTTON, "/housing", "4382bfdwdsb323b2d9")
    assert (read.address, read.language) == ("1111111", "fi")


def test_a_button_of_a_message_that_telegram_has_forgotten_is_read():
    assert read_update(pressed(message=None)).address == "1111111"


def test_a_button_of_a_game_is_no_message():
    assert read_update(pressed(data=None, game_short_name="x")) is None


@pytest.mark.parametrize("content", [{"text": "/start"}, {"photo": [FILE]}, {"new_thing": 1}])
def test_a_message_in_a_group_is_one_of_a_group(content):
    read = read_update(message(chat=GROUP, **content))
    assert (read.kind, read.address, read.text) == (Kind.GROUP, "-100123", "")


def test_what_happens_to_a_group_is_no_message():
    assert read_update(message(chat=GROUP, new_chat_title="x")) is None


def test_a_button_in_a_group_is_one_of_a_group():
    assert read_update(pressed(message={"chat": GROUP})).kind is Kind.GROUP


def membership(chat, status):
    change = {"chat": chat, "from": FROM, "date": 1, "new_chat_member": {"status": status}}
    return {"update_id": 1, "my_chat_member": change}


def test_being_added_to_a_group_is_read():
    assert read_update(membership(GROUP, "member")).kind is Kind.GROUP


@pytest.mark.parametrize(
    ("chat", "status"), [(GROUP, "left"), (GROUP, "kicked"), (CHAT, "kicked"), (CHAT, "member")]
)
def test_being_blocked_or_removed_is_no_message(chat, status):
    assert read_update(membership(chat, status)) is None


def test_a_post_in_a_channel_is_one_of_a_group():
    post = {"message_id": 1, "date": 0, "chat": {"id": -1, "type": "channel"}, "text": "x"}
    assert read_update({"update_id": 1, "channel_post": post}).kind is Kind.GROUP


def test_another_bot_is_not_answered():
    assert read_update(message(**{"from": {**FROM, "is_bot": True}, "text": "hello"})) is None


@pytest.mark.parametrize(
    "name", ["message_reaction", "inline_query", "poll", "chat_member", "business_message", "new"]
)
def test_other_updates_are_no_message(name):
    assert read_update({"update_id": 1, name: {"chat": CHAT, "text": "x"}}) is None


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "1"},
        {"update_id": True},
        {"update_id": 2**70},
        {"update_id": 1, "message": {"text": "x"}},
        {"update_id": 1, "message": {"text": "x", "chat": {"id": "1"}}},
        {"update_id": 1, "callback_query": {}},
    ],
)
def test_what_is_no_update_cannot_be_read(update):
    with pytest.raises(Unreadable):
        read_update(update)


def test_only_what_is_read_is_asked_for():
    assert ALLOWED_UPDATES == ["message", "edited_message", "callback_query", "my_chat_member"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = (
    ["message_id", "date", "chat", "from", "text", "photo", "location", "venue", "caption"]
    + ["edit_date", "data", "id", "type", "latitude", "longitude", "new_chat_member", "status"]
    + ["language_code", "is_bot", "message"]
)


def mostly_real(inner):
    return st.dictionaries(st.sampled_from(FIELDS), inner | JSON, max_size=6)


@settings(deadline=None)
@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "x"]),
    st.recursive(mostly_real(JSON), mostly_real, max_leaves=8),
    st.integers(),
)
def test_whatever_comes_is_a_message_or_nothing_or_unreadable(name, content, number):
    try:
        read = read_update({"update_id": number, name: content})
    except Unreadable:
        return
    if read is not None:
        assert int(read.address)
        read.masked().as_dict()
