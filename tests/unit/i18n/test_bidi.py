"""Left-to-right pieces stay in order inside Arabic and Persian text."""

import pytest

from assistant.i18n.bidi import LRI, PDI, isolate


def shown(*pieces):
    return "".join(pieces).replace("<", LRI).replace(">", PDI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتصل 112 الآن", "اتصل <112> الآن"),
        ("هاتف +358 29 501 2345 هنا", "هاتف <+358 29 501 2345> هنا"),
        ("كيلا (Kela) تدفع", "كيلا (<Kela>) تدفع"),
        ("طلب (kotoutumispalvelu) هنا", "طلب (<kotoutumispalvelu>) هنا"),
        ("Mannerheimintie 5 A هنا", "<Mannerheimintie 5 A> هنا"),
        ("البريد info@hel.fi هنا", "البريد <info@hel.fi> هنا"),
        ("من 8.00–16.00 كل يوم", "من <8.00–16.00> كل يوم"),
        ("Työmarkkinatori", "<Työmarkkinatori>"),
    ],
)
def test_numbers_and_names_are_isolated_in_arabic(text, expected):
    assert isolate(text, "ar") == shown(expected)


def test_persian_is_treated_in_the_same_way():
    assert isolate("زنگ 112", "fa") == shown("زنگ <112>")


@pytest.mark.parametrize("language", ["en", "ru", "zh", "so", "xx"])
def test_a_language_written_from_left_to_right_stays_as_it_is(language):
    assert isolate("Call 112 (Kela)", language) == "Call 112 (Kela)"


def test_a_text_is_isolated_once():
    once = isolate("اتصل 112", "ar")
    assert isolate(once, "ar") == once


def test_a_text_without_such_pieces_stays_as_it_is():
    assert isolate("أين المكتبة؟", "ar") == "أين المكتبة؟"


def test_every_isolate_is_closed():
    text = isolate("Kela 020 634 0200 و DVV www.dvv.fi 50% أو A/B", "ar")
    assert text.count(LRI) == text.count(PDI) > 0


def test_two_finnish_terms_with_a_comma_between_them_stay_in_one_run():
    text = isolate("التقييم (palvelutarpeen arviointi, alkukartoitus).", "ar")
    assert f"({LRI}palvelutarpeen arviointi, alkukartoitus{PDI})" in text
