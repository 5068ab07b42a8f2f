"""The texts of the widget itself, by the names that its scripts use.

They are messages of the same catalogues as everything else; `/i18n/<language>.json` serves them.
A part in braces is filled in by the widget.
"""

from assistant.i18n import marked

UI_TEXTS: dict[str, str] = {
    "about": marked("Automatic guide to services for people who have moved to Finland"),
    "demonstration": marked("Demonstration"),
    "language": marked("Language"),
    "menu": marked("Menu"),
    "start_over": marked("Start over"),
    "delete": marked("Delete this conversation"),
    "delete_question": marked("Delete this conversation? It cannot be brought back."),
    "delete_confirm": marked("Delete"),
    "cancel": marked("Cancel"),
    "deleted": marked("The conversation is deleted."),
    "not_deleted": marked("The conversation could not be deleted. Please try again."),
    "conversation": marked("Conversation"),
    "assistant": marked("Assistant"),
    "you": marked("You"),
    "answering": marked("The assistant is answering"),
    "write_here": marked("Write what you need"),
    "send": marked("Send"),
    "privacy": marked("Do not write your name or personal identity code."),
    "danger": marked("Danger to life? Call"),
    "not_sent": marked("Your message was not sent. Check your internet connection."),
    "not_started": marked("The assistant cannot be reached now. In an emergency, call 112."),
    "try_again": marked("Try again"),
    "choices": marked("Choices"),
    "open_now": marked("Open now"),
    "closed_now": marked("Closed now"),
    "today": marked("Today"),
    "address": marked("Address"),
    "phone": marked("Phone"),
    "charge": marked("Price"),
    "free": marked("Free of charge"),
    "charged": marked("There is a fee"),
    "service_languages": marked("Languages"),
    "e_service": marked("Online service"),
    "form": marked("Form"),
    "website": marked("Website"),
    "map": marked("Map"),
    "text_language": marked("This text is in another language: {language}"),
    "checked": marked("Checked on {date}"),
    "source": marked("Source"),
    "sources": marked("Sources"),
    "important": marked("Important"),
    "new_window": marked("opens in a new window"),
}
