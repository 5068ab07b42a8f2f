"""Every kind of message has its answer, the same on every platform."""

import time

import pytest

from assistant.channels import texts
from assistant.channels.choices import Choice
from assistant.channels.dialogue import Latest
from assistant.channels.incoming import Incoming, Kind
from assistant.channels.replying import Replier
from assistant.channels.store import Talk
from assistant.conversations import Conversation
from assistant.dialogue.messages import message
from assistant.dialogue.responses import domain_responses

PLACE_QUESTION = domain_responses()["utter_ask_place"][0]["text"]
CHOICES = (Choice("Yes", "/affirm"), Choice("A home", "/housing"))


@pytest.fixture
def reply(store, dialogue):
    known = store.open("played", "a1", "x", "en").conversation

    async def of(text="", kind=Kind.TEXT, new=False, choices=(), language="en", **values):
        conversation = Conversation(known.id, language, None, "", known.updated)
        talk = Talk(conversation, "played", new, choices)
        return await Replier(dialogue, store).reply(
            talk, Incoming("1", "p", kind, text, **values), "key"
        )

    of.id = known.id
    return of


def said(messages):
    return [one["text"] for one in messages]


async def test_a_text_is_answered_by_the_assistant(reply, dialogue):
    assert said(await reply("daycare")) == ["Answer to daycare."]
    assert (dialogue.heard, dialogue.keys) == (["daycare"], ["key"])


async def test_the_first_answer_says_that_this_is_an_assistant(reply):
    first, second = await reply("daycare", new=True)
    assert (first["text"], first["buttons"]) == ("Hello from None!", [])
    assert second["text"] == "Answer to daycare."


async def test_the_greeting_is_in_the_language_of_the_answer(reply, dialogue):
    dialogue.answers["сад"] = [message("ru", "Ответ.")]
    assert [one["language"] for one in await reply("сад", new=True)] == ["ru", "ru"]


async def test_nothing_comes_beside_the_answer_to_an_emergency(reply, dialogue):
    dialogue.answers["help"] = [message("en", "Call 112.", kind="emergency")]
    assert said(await reply("help", new=True)) == ["Call 112."]


async def test_while_a_person_answers_the_assistant_is_silent(reply, dialogue):
    dialogue.answers["hello"] = []
    assert await reply("hello", new=True) == []


@pytest.mark.parametrize(
    "kind", [Kind.VOICE, Kind.PICTURE, Kind.STICKER, Kind.CONTACT, Kind.DOCUMENT, Kind.UNKNOWN]
)
async def test_what_cannot_be_read_is_said_politely(reply, dialogue, kind):
    assert said(await reply(kind=kind)) == [texts.ONLY_TEXT]
    assert dialogue.heard == []


@pytest.mark.parametrize("kind", [Kind.PICTURE, Kind.DOCUMENT])
async def test_words_under_a_picture_are_read(reply, kind):
    assert said(await reply("what is this?", kind)) == [
        texts.ONLY_WORDS,
        "Answer to what is this?.",
    ]


async def test_a_button_is_answered_by_the_assistant(reply, dialogue):
    await reply("/housing", Kind.BUTTON)
    assert dialogue.heard == ["/housing"]


@pytest.mark.parametrize("payload", ["", "/nothing", "x" * 64, "/inform/x/y", "/delete/yes/0"])
async def test_a_button_that_is_none_of_ours_is_explained(reply, payload):
    assert said(await reply(payload, Kind.BUTTON)) == [texts.OLD_BUTTON]


async def test_an_edited_text_is_read_again(reply, dialogue):
    dialogue.last = Latest(said="day care")
    assert said(await reply("daycare", Kind.EDITED)) == ["Answer to daycare."]


async def test_an_edit_that_changes_nothing_is_no_message(reply, dialogue):
    dialogue.last = Latest(said="daycare")
    assert await reply("daycare", Kind.EDITED) == []


async def test_a_late_answer_says_sorry(reply):
    late = await reply("daycare", sent=time.time() - 3600)
    assert said(late) == [texts.LATE, "Answer to daycare."]
    assert len(await reply("daycare", sent=time.time() - 5)) == 1


async def test_a_number_means_the_choice_shown_with_it(reply, dialogue):
    await reply("٢", choices=CHOICES)
    await reply("yes", choices=CHOICES)
    assert dialogue.heard == ["/housing", "/affirm"]


async def test_a_number_without_a_choice_shows_the_choices_again(reply, dialogue):
    (again,) = await reply("7", choices=CHOICES)
    assert again["text"] == "Choose a number from 1 to 2, or write what you need."
    assert [button["payload"] for button in again["buttons"]] == ["/affirm", "/housing"]
    assert dialogue.heard == []


async def test_a_number_is_a_text_where_no_choices_have_numbers(reply, dialogue):
    await reply("7")
    assert dialogue.heard == ["7"]


@pytest.mark.parametrize("command", ["/start", "/START", "/start@kuntaopas_bot"])
async def test_start_greets_with_topics_and_a_way_to_another_language(reply, command):
    (greeting,) = await reply(command, new=True)
    assert greeting["text"] == "Hello from None!"
    assert [one["payload"] for one in greeting["buttons"]] == [
        "/housing",
        "/bot_meta/change_language",
    ]


async def test_start_ends_what_was_said_before(reply, dialogue):
    assert said(await reply("/start")) == ["Hello from None!"]
    assert dialogue.heard == ["/bot_meta/start_over"]


async def test_a_link_names_the_municipality(reply, store):
    assert said(await reply("/start 853", new=True)) == ["Hello from 853!"]
    assert store.open("played", "a1", "x", "en").conversation.municipality == "853"


@pytest.mark.parametrize("argument", ["000", "Turku", "1234", "../..", "٨٥٣ "])
async def test_a_link_with_nonsense_only_greets(reply, store, argument):
    assert said(await reply(f"/start {argument}", new=True)) == ["Hello from None!"]
    assert store.open("played", "a1", "x", "en").conversation.municipality is None


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        ("/language", "/bot_meta/change_language"),
        ("/language so", "/language/so"),
        ("/language Klingon", "/bot_meta/change_language"),
        ("/help", "/bot_meta/what_can_you_do"),
    ],
)
async def test_commands_ask_the_assistant(reply, dialogue, command, payload):
    await reply(command)
    assert dialogue.heard == [payload]


@pytest.mark.parametrize("text", ["/housing", "/settings", "/starting a business", "start"])
async def test_any_other_command_is_a_text(reply, dialogue, text):
    await reply(text)
    assert dialogue.heard == [text]


async def test_a_conversation_is_deleted_after_a_question(reply, dialogue):
    (question,) = await reply("/delete")
    assert (question["kind"], question["text"]) == ("question", texts.DELETE_QUESTION)
    assert dialogue.erased == []
    (done,) = await reply(question["buttons"][0]["payload"], Kind.BUTTON)
    assert done["text"] == f"{texts.DELETED}\n{texts.DELETE_HERE_TOO}"
    assert dialogue.erased == [reply.id]


async def test_a_conversation_is_kept_when_deleting_is_cancelled(reply, dialogue):
    (question,) = await reply("/delete")
    assert said(await reply(question["buttons"][1]["payload"], Kind.BUTTON)) == [texts.WHAT_NEED]
    assert dialogue.erased == []


async def test_the_button_of_a_deleted_conversation_does_not_delete_the_next(reply, dialogue):
    assert said(await reply("/delete/yes/00000000", Kind.BUTTON)) == [texts.OLD_BUTTON]
    assert dialogue.erased == []


async def test_a_location_shows_the_services_near_its_postal_code(reply, dialogue):
    dialogue.answers["/services/near"] = [message("en", PLACE_QUESTION, kind="question")]
    near = await reply(kind=Kind.LOCATION, place=(60.1699, 24.9384))
    assert said(near) == ["Answer to 00530."]
    assert dialogue.heard == ["/services/near", "00530"]
    assert not any("60.1" in heard for heard in dialogue.heard)


async def test_a_location_answers_the_question_for_the_place(reply, dialogue):
    dialogue.last = Latest(answered=message("en", PLACE_QUESTION, kind="question"))
    await reply(kind=Kind.LOCATION, place=(60.1699, 24.9384))
    assert dialogue.heard == ["00530"]


async def test_before_services_were_shown_a_location_is_answered_as_the_button_is(reply, dialogue):
    assert said(await reply(kind=Kind.LOCATION, place=(60.2, 24.9))) == [
        "Answer to /services/near."
    ]


@pytest.mark.parametrize("place", [None, (0.0, 0.0)])
async def test_a_location_that_is_not_known_is_asked_for_in_words(reply, dialogue, place):
    dialogue.code = None
    (asked,) = await reply(kind=Kind.LOCATION, place=place)
    assert asked["text"].startswith("I do not know where this place is.")


async def test_answers_are_in_the_language_of_the_conversation(reply):
    (answer,) = await reply("/delete", language="ar")
    assert (answer["language"], answer["direction"]) == ("ar", "rtl")
