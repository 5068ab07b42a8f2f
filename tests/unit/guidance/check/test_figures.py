"""Figures are found in a text as they are written, and words that are no figures are not."""

import pytest

from assistant.guidance.check.figures import figures_in


@pytest.mark.parametrize(
    "text, kind, figure",
    [
        ("Call 112 now.", "phone", "112"),
        ("Call 029 497 000.", "phone", "029 497 000"),
        ("Call +358 2954 63177.", "phone", "+358 2954 63177"),
        ("116117", "phone", "116117"),
        ("You must be at least 18.", "number", "18"),
        ("It lasts 3 years.", "number", "3 years"),
        ("Act 1386/2010 is old.", "number", "1386/2010"),
        ("Apply four months before.", "number", "four months"),
        ("Do it within one calendar month.", "number", "one calendar month"),
        ("One child must be small.", "number", "One child"),
        ("Children who turn seven.", "number", "seven"),
        ("For pupils in grade one.", "number", "grade one"),
        ("Rent is paid once a month.", "number", "once a month"),
        ("Register on the first day.", "number", "first day"),
        ("It costs 30 euros.", "money", "30 euros"),
        ("At most EUR 56.70 is charged.", "money", "EUR 56.70"),
        ("You get fifty per cent.", "money", "fifty per cent"),
        ("You get 80 % of the rent.", "money", "80 %"),
        ("The line answers at all hours.", "hours", "at all hours"),
        ("It is open at 9.30 too.", "hours", "9.30"),
        ("Closed on Mondays.", "hours", "Mondays"),
        ("Open from autumn to spring.", "hours", "from autumn to spring"),
        ("Until 4 March 2027.", "date", "4 March 2027"),
        ("It comes in March or April.", "date", "March or April"),
        ("Apply in August.", "date", "August"),
        ("Go to Koulukatu 12.", "number", "12"),
        ("Write to office@example.org now.", "e-mail", "office@example.org"),
        ("Notify at ytj.fi.", "web", "ytj.fi"),
        ("See https://migri.fi/en/a", "web", "https://migri.fi/en/a"),
    ],
)
def test_a_figure_is_found(text, kind, figure):
    assert [(one.kind, one.text) for one in figures_in(text)] == [(kind, figure)]


@pytest.mark.parametrize(
    "text",
    [
        "Ask for an interpreter if you need one.",
        "One of the parents may apply.",
        "You may ask once.",
        "Ask your bank first.",
        "Read it on the last day.",
        "In March the snow melts, and you may march.",
    ],
)
def test_words_that_state_no_figure_are_left_alone(text):
    assert list(figures_in(text)) == []


def test_several_figures_of_a_sentence_are_told_apart():
    found = figures_in("Do it from one month before to one week after 1 May 2026.")
    assert [one.text for one in found] == ["one month", "one week", "1 May 2026"]
