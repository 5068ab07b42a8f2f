"""What channels say by themselves, as channel-neutral messages."""

from __future__ import annotations

from typing import Sequence

from assistant.dialogue.messages import Button, Message, message
from assistant.i18n import marked, translator

ONLY_TEXT = marked("I can read only text. Please write what you need. In an emergency, call 112.")
ONLY_WORDS = marked("I cannot see pictures and files. I read only your words.")
OLD_BUTTON = marked("This button does not work any more. Please write what you need.")
WRONG_NUMBER = marked("Choose a number from 1 to {count}, or write what you need.")
PRIVATE_ONLY = marked(
    "I talk with one person at a time, so that others do not see what you write. "
    "Write to me in a private chat."
)
LATE = marked("I am sorry that this answer comes late.")
DELETE_HERE_TOO = marked("Your messages are still in this app. Delete the chat there, too.")
SEND_LOCATION = marked("Send my location")

#: These are texts of the website too, so that they are translated.
DELETE_QUESTION = "Delete this conversation? It cannot be brought back."
DELETE, CANCEL = "Delete", "Cancel"
DELETED = "The conversation is deleted."
WHAT_NEED = "What do you need help with?"
CHANGE_LANGUAGE = "Change the language"
TOO_MANY = (
    "Too many messages came at once. Please wait a moment and send your message again. "
    "In an emergency, call 112."
)


def info(language: str, *texts: str, kind: str = "info", buttons: Sequence[Button] = ()) -> Message:
    """A message of texts of this module, each a line."""
    translate = translator(language).gettext
    return message(language, "\n".join(map(translate, texts)), kind=kind, buttons=buttons)


def wrong_number(language: str, count: int) -> Message:
    """There is no choice of that number."""
    text = translator(language).gettext(WRONG_NUMBER).format(count=count)
    return message(language, text, kind="info")


def delete_question(language: str, confirm: str, cancel: str) -> Message:
    """Whether to delete the conversation, with the payloads of the two answers."""
    translate = translator(language).gettext
    buttons = [
        Button(title=translate(DELETE), payload=confirm),
        Button(title=translate(CANCEL), payload=cancel),
    ]
    return info(language, DELETE_QUESTION, kind="question", buttons=buttons)
