"""Messages become the parts that a platform can show."""

from datetime import date

import pytest

from assistant.channels.choices import Choice
from assistant.channels.limits import PlatformLimits, utf16_units
from assistant.channels.rendering import Part, render
from assistant.dialogue.messages import message
from assistant.dialogue.responses import respond
from assistant.gateway.turns import greeting
from assistant.guidance.sources import Source

TEXT_ONLY = PlatformLimits(text=1000)
BUTTONS = PlatformLimits(text=1000, buttons=10, title=20)


def buttons(*titles):
    return [{"title": title, "payload": f"/{number}"} for number, title in enumerate(titles, 1)]


def rendered(*messages, limits=TEXT_ONLY):
    return render(messages, limits)


def test_a_message_is_one_part_whatever_blank_lines_it_has():
    (part,) = rendered(message("en", "One.\n\nTwo.")).parts
    assert (part.text, part.language) == ("One.\n\nTwo.", "en")


def test_each_message_is_a_part():
    parts = rendered(message("en", "One."), message("en", "Two.")).parts
    assert [part.text for part in parts] == ["One.", "Two."]


def test_an_emergency_comes_first():
    parts = rendered(
        message("en", "Hello."), message("en", "Call 112.", kind="emergency"), message("en", "And.")
    ).parts
    assert [part.text for part in parts] == ["Call 112.", "Hello.", "And."]


def test_a_long_message_is_several_parts_and_the_last_has_the_buttons():
    text = "This is a sentence of ours. " * 10
    limits = PlatformLimits(text=100, buttons=3)
    parts = rendered(message("en", text, buttons=buttons("Yes", "No")), limits=limits).parts
    assert len(parts) == 4 and all(len(part.text) <= 100 for part in parts)
    assert [len(part.choices) for part in parts] == [0, 0, 0, 2]


def test_choices_are_buttons_where_they_fit():
    result = rendered(message("en", "Which?", buttons=buttons("Yes", "No")), limits=BUTTONS)
    (part,) = result.parts
    assert part.text == "Which?"
    assert part.choices == (Choice("Yes", "/1"), Choice("No", "/2"))
    assert result.listed == ()


def test_choices_are_numbered_where_there_are_no_buttons():
    result = rendered(message("en", "Which?", buttons=buttons("Yes", "No")))
    (part,) = result.parts
    assert part.text == "Which?\n\n1. Yes\n2. No"
    assert part.choices == ()
    assert result.listed == (Choice("Yes", "/1"), Choice("No", "/2"))


def test_more_choices_than_buttons_are_all_numbered():
    titles = [f"Choice {number}" for number in range(1, 12)]
    result = rendered(message("en", "Which?", buttons=buttons(*titles)), limits=BUTTONS)
    assert "11. Choice 11" in result.parts[0].text
    assert (result.parts[0].choices, len(result.listed)) == ((), 11)


def test_a_title_that_is_too_wide_is_whole_in_the_text_and_begun_on_the_button():
    title = "Somebody is hurting me at home"
    result = rendered(message("en", "What?", buttons=buttons(title, "No")), limits=BUTTONS)
    (part,) = result.parts
    assert part.text == f"What?\n\n– {title}"
    assert [choice.title for choice in part.choices] == ["Somebody is hurting…", "No"]
    assert result.listed == ()


def test_a_payload_that_is_too_long_is_only_numbered():
    given = [{"title": "x", "payload": "/" + "y" * 70}]
    result = render([{**message("en", "?"), "buttons": given}], BUTTONS)
    assert (result.parts[0].choices, result.parts[0].text) == ((), "?\n\n1. x")


def test_the_numbers_of_a_turn_go_on_from_message_to_message():
    result = rendered(
        message("en", "A", buttons=buttons("a", "b")), message("en", "B", buttons=buttons("c"))
    )
    assert [part.text for part in result.parts] == ["A\n\n1. a\n2. b", "B\n\n3. c"]
    assert [choice.title for choice in result.listed] == ["a", "b", "c"]


def test_ways_out_of_a_question_have_no_numbers():
    given = [{"title": "I do not know", "payload": "/dont_know"}]
    result = render([message("en", "How old is the child?", buttons=given)], TEXT_ONLY)
    assert result.parts[0].text == "How old is the child?\n\n– I do not know"


def test_choices_of_before_stay_until_the_next_question():
    assert rendered(message("en", "You are welcome.", kind="info")).listed is None
    assert rendered(message("en", "How old is the child?", kind="question")).listed == ()


def test_sources_say_when_they_were_checked():
    source = Source("x", "InfoFinland", "https://www.infofinland.fi/a", date(2026, 11, 3))
    (part,) = rendered(message("en", "An answer.", sources=[source])).parts
    assert part.text == (
        "An answer.\n\nSource: InfoFinland (Checked on Nov 3, 2026)\nhttps://www.infofinland.fi/a"
    )


def test_where_words_can_be_links_the_title_of_a_source_is_one():
    source = Source("x", "InfoFinland", "https://www.infofinland.fi/a", date(2026, 11, 3))
    limits = PlatformLimits(text=1000, rich=True)
    (part,) = rendered(message("en", "An answer.", sources=[source]), limits=limits).parts
    assert part.text == "An answer.\n\nSource: InfoFinland (Checked on Nov 3, 2026)"
    (span,) = part.spans
    assert part.text[span.start : span.end] == "InfoFinland"
    assert span.url == "https://www.infofinland.fi/a"


def test_in_right_to_left_text_every_line_begins_on_the_right_and_links_are_bare():
    source = Source("x", "InfoFinland", "https://www.infofinland.fi/ar", date(2026, 11, 3))
    text = "اتصلوا بالبلدية.\n112 هو رقم الطوارئ.\nKela تساعدكم."
    result = render([message("ar", text, sources=[source], buttons=buttons("نعم"))], TEXT_ONLY)
    lines = [line for line in result.parts[0].text.split("\n") if line]
    assert "https://www.infofinland.fi/ar" in lines
    for line in lines:
        assert line.startswith(("\u200f", "https://")) or "\u0600" <= line[0] <= "\u06ff", line
        assert line.count("\u2066") + line.count("\u2068") == line.count("\u2069")


def test_a_sensitive_message_makes_no_sound():
    quiet = message("en", "x", about="social_services/violence_at_home")
    assert [part.quiet for part in rendered(quiet, message("en", "y")).parts] == [True, False]


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("name", ["utter_ask_place", "utter_unknown_place"])
def test_the_question_for_a_place_is_known_in_every_language(language, name):
    from assistant.dialogue.turn import Turn

    turn = Turn.from_tracker({"slots": {"language": language}}, date.today())
    (part,) = render([respond(name, turn)], TEXT_ONLY).parts
    assert part.asks_place


def test_no_other_question_asks_for_a_place():
    assert not rendered(message("en", "Where do you live?", kind="question")).parts[0].asks_place


@pytest.mark.parametrize("language", ["en", "fi", "ar", "zh", "so"])
def test_the_greeting_fits_the_smallest_platform(language):
    limits = PlatformLimits(text=320, length=utf16_units)
    result = render(greeting(language, None), limits)
    assert all(utf16_units(part.text) <= 320 for part in result.parts)
    assert len(result.listed) >= 5


def test_a_part_can_be_kept_and_read_again():
    result = rendered(message("en", "Which?", buttons=buttons("Yes")), limits=BUTTONS)
    assert Part.from_dict(result.parts[0].as_dict()) == result.parts[0]
