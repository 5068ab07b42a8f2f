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
    # Answers, cards and their tools
    "simpler": marked("Explain more simply"),
    "read_aloud": marked("Read aloud"),
    "stop_reading": marked("Stop reading"),
    "note_reading": marked(
        "Your browser sends this text to the company that makes the voice. Do you want to go on?"
    ),
    "copy": marked("Copy as text"),
    "copied": marked("The text is copied."),
    "not_copied": marked("The text could not be copied."),
    "helpful": marked("This helped me"),
    "not_helpful": marked("This did not help"),
    "why_not_helpful": marked("What was wrong?"),
    "reason_wrong": marked("The information is wrong"),
    "reason_unclear": marked("It is hard to understand"),
    "reason_language": marked("It is not in my language"),
    "reason_missing": marked("Something is missing"),
    "reason_other": marked("Something else"),
    "no_reason": marked("I do not want to tell"),
    "thanks": marked("Thank you"),
    "week": marked("Opening hours this week"),
    "closed": marked("closed"),
    "by_appointment": marked("{hours} by appointment"),
    "not_loaded": marked("This could not be loaded. Please try again."),
    "other_municipality": marked("Another municipality"),
    "choose": marked("Choose"),
    "dictate": marked("Speak instead of writing"),
    "note_dictation": marked(
        "Your browser may send what you say to the company that makes the browser."
        " Do you want to go on?"
    ),
    "go_on": marked("Go on"),
    "listening": marked("I am listening. Speak now."),
    "not_heard": marked("I could not hear you. Check that your browser may use the microphone."),
    "guided_start": marked("Choose with pictures"),
    "what_need": marked("What do you need help with?"),
    "back": marked("Back"),
    "close": marked("Close"),
    "print": marked("Print"),
    "save": marked("Save as text"),
    "quick_exit": marked("Leave this page quickly"),
    "quick_exit_hint": marked(
        "It deletes this conversation, too. You can also press the Escape key three times."
    ),
    # The frame
    "text_size": marked("Text size"),
    "privacy_notice": marked("Privacy notice"),
}

#: Languages as CLDR names them where the code is not enough.
LOCALES = {"zh": "zh_Hans"}


def weekday_names(language: str) -> list[str]:
    """Monday to Sunday in a language, as they stand alone; not every browser knows all of them."""
    from babel import Locale

    days = Locale.parse(LOCALES.get(language, language)).days["stand-alone"]["wide"]
    return [str(days[number]) for number in range(7)]
