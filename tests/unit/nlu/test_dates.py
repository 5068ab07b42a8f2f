import pytest
import yaml

from assistant.i18n.languages import COMPLETE
from assistant.nlu.gazetteers import FOLDER, Gazetteers
from assistant.nlu.numeric_dates import chinese_number, date_value


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def dates(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "date"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fi", "alkaa 1.3.2025", "2025-03-01"),
        ("fi", "15. maaliskuuta 2025", "2025-03-15"),
        ("fi", "maaliskuun 15. päivä", "--03-15"),
        ("sv", "den 1 augusti 2025", "2025-08-01"),
        ("en", "2025-03-15", "2025-03-15"),
        ("en", "March 3rd, 2026", "2026-03-03"),
        ("en", "on the first of June 2026", "2026-06-01"),
        ("en", "on 1/3/2025", "2025-03-01"),
        ("en", "3/15/2025", "2025-03-15"),
        ("ru", "15 марта 2025", "2025-03-15"),
        ("uk", "12 лютого 2026 року", "2026-02-12"),
        ("et", "1. märtsil 2025", "2025-03-01"),
        ("ar", "15 مارس 2025", "2025-03-15"),
        ("ar", "٣٠ حزيران ٢٠٢٥", "2025-06-30"),
        ("so", "15 Maarso 2026", "2026-03-15"),
        ("fa", "۱۵ مارس ۲۰۲۵", "2025-03-15"),
        ("tr", "15 Mart 2025", "2025-03-15"),
        ("zh", "2025年3月15日", "2025-03-15"),
        ("es", "el 15 de marzo de 2025", "2025-03-15"),
        ("fr", "le 1er mars 2025", "2025-03-01"),
    ],
)
def test_a_full_date_is_as_iso_8601_writes_it(gazetteers, language, text, value):
    assert dates(gazetteers, text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fi", "loppuu 15.3.", "--03-15"),
        ("ru", "документы до 15.03", "--03-15"),
        ("ar", "يوم 12/6", "--06-12"),
        ("zh", "3月15日", "--03-15"),
        ("zh", "十月十五号", "--10-15"),
        ("fr", "le 15 mars", "--03-15"),
    ],
)
def test_a_day_without_a_year_has_two_dashes(gazetteers, language, text, value):
    assert dates(gazetteers, text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fi", "syyskuussa", "month:09"),
        ("sv", "i mars", "month:03"),
        ("en", "in May", "month:05"),
        ("en", "March 2025", "2025-03"),
        ("ru", "с марта 2024 года", "2024-03"),
        ("ar", "من كانون الثاني", "month:01"),
        ("zh", "九月开始", "month:09"),
        ("fa", "از سپتامبر", "month:09"),
    ],
)
def test_a_month_is_found_with_and_without_a_year(gazetteers, language, text, value):
    assert dates(gazetteers, text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fi", "ensi syksynä", "next_autumn"),
        ("fi", "huomiselle", "tomorrow"),
        ("sv", "till hösten", "next_autumn"),
        ("en", "next week", "next_week"),
        ("ru", "осенью", "next_autumn"),
        ("uk", "наступного року", "next_year"),
        ("et", "järgmisel kuul", "next_month"),
        ("ar", "الشهر القادم", "next_month"),
        ("ar", "bukra", "tomorrow"),
        ("so", "sannadka soo socda", "next_year"),
        ("fa", "سال آینده می‌روم", "next_year"),
        ("tr", "kışın", "next_winter"),
        ("zh", "下周", "next_week"),
        ("es", "en primavera", "next_spring"),
        ("fr", "cet été", "next_summer"),
        ("fr", "aujourd'hui", "today"),
    ],
)
def test_a_relative_date_is_one_of_a_few_words(gazetteers, language, text, value):
    assert dates(gazetteers, text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I may need help"),
        ("en", "12 may apply"),
        ("en", "August is a nice name"),
        ("en", "rent is 1,200.50"),
        ("fi", "takuu on 1.500 € ja vuokra 12.50 euroa"),
        ("fi", "klo 9.30 ja klo 10.12."),
        ("fi", "puhelin 040 123 4567"),
        ("en", "31.2.2025"),
        ("uk", "лютий мороз"),
        ("so", "garan maayo"),
        ("ar", "خرج من باب البيت"),
        ("ar", "mart 3ammi w so5ayyar"),
        ("fa", "اول می‌فرستنش"),
        ("fa", "دو هفته دیگه"),
        ("zh", "住了三个月"),
        ("es", "por la mañana"),
        ("fr", "mais un homme"),
        ("ru", "прошлой осенью"),
        ("en", "the day after tomorrow"),
        ("tr", "ocak bozuldu"),
        ("sv", "i vår kommun"),
    ],
)
def test_another_number_or_word_is_no_date(gazetteers, language, text):
    assert dates(gazetteers, text, language) == []


def test_next_year_beside_a_month_is_part_of_it(gazetteers):
    assert dates(gazetteers, "in September next year", "en") == ["month:09"]


def test_a_day_that_no_month_has_is_no_date():
    assert date_value(None, 2, 30) is None
    assert date_value(None, 2, 29) == "--02-29"
    assert date_value(2025, 2, 29) is None


def test_chinese_numbers_are_read():
    assert [chinese_number(text) for text in ("12", "三", "十", "十五", "二十", "廿一")] == [
        12, 3, 10, 15, 20, 21,
    ]  # fmt: skip


def test_relative_dates_are_listed_in_all_languages_that_are_no_drafts():
    lists = yaml.load((FOLDER / "dates.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert set(lists["relative"]) >= set(COMPLETE)
    for language, values in lists["relative"].items():
        assert len(values) == 10, language
