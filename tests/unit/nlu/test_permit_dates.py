"""Since when a person has a permit, as exactly as the reply says it."""

from datetime import date

import pytest

from assistant.nlu.gazetteers import Gazetteers
from assistant.nlu.permit_dates import permit_date

TODAY = date(2026, 11, 24)
REPLIES = {
    "fi": [
        ("3/2025", "2025-03"),
        ("maaliskuussa 2024", "2024-03"),
        ("viime vuonna", "2025"),
        ("kaksi vuotta sitten", "2024"),
        ("sain luvan 14.3.2025", "2025-03-14"),
        ("puoli vuotta sitten", "2026-05"),
        ("viime maaliskuussa varmaan 2026", "2026-03"),
        ("vuoden 2023 lopussa", "2023"),
    ],
    "sv": [
        ("mars 2024", "2024-03"),
        ("förra året", "2025"),
        ("för två år sedan", "2024"),
        ("för sex månader sedan", "2026-05"),
        ("jag fick det i början av 2023", "2023"),
        ("den 1 augusti 2025", "2025-08-01"),
    ],
    "en": [
        ("March 2024", "2024-03"),
        ("2025", "2025"),
        ("2025-03-14", "2025-03-14"),
        ("2025-03", "2025-03"),
        ("last year", "2025"),
        ("two years ago", "2024"),
        ("six months ago", "2026-05"),
        ("March last year", "2025-03"),
        ("I got my first residence permit in May 2023", "2023-05"),
        ("around 3 years ago I think", "2023"),
        ("this year", "2026"),
        ("last month", "2026-10"),
        ("a year and a half ago", "2025-05"),
        ("I got my permit in 2023 and now I look for a flat", "2023"),
        ("03/2024", "2024-03"),
        ("yesterday", "2026-11-23"),
        ("end of 2024", "2024"),
    ],
    "ru": [
        ("в прошлом году", "2025"),
        ("два года назад", "2024"),
        ("в марте 2024 года", "2024-03"),
        ("в марте прошлого года", "2025-03"),
        ("полгода назад", "2026-05"),
        ("получила внж 14.03.2025", "2025-03-14"),
        ("god nazad", "2025"),
        ("dva goda nazad", "2024"),
    ],
    "uk": [
        ("торік", "2025"),
        ("два роки тому", "2024"),
        ("у березні 2022 року", "2022-03"),
        ("пів року тому", "2026-05"),
        ("отримала захист 20 квітня 2022", "2022-04-20"),
        ("у 2022 році", "2022"),
    ],
    "et": [
        ("eelmisel aastal", "2025"),
        ("kaks aastat tagasi", "2024"),
        ("märtsis 2024", "2024-03"),
        ("kuus kuud tagasi", "2026-05"),
        ("2023. aastal", "2023"),
        ("sain elamisloa 14.3.2025", "2025-03-14"),
    ],
    "ar": [
        ("قبل سنتين", "2024"),
        ("السنة الماضية", "2025"),
        ("في آذار ٢٠٢٤", "2024-03"),
        ("٢٠٢٣", "2023"),
        ("قبل ستة أشهر", "2026-05"),
        ("حصلت على الإقامة في 14/3/2025", "2025-03-14"),
        ("من سنتين", "2024"),
        ("قبل 3 سنوات", "2023"),
    ],
    "so": [
        ("laba sano ka hor", "2024"),
        ("sannadkii hore", "2025"),
        ("Maarso 2024", "2024-03"),
        ("lix bilood ka hor", "2026-05"),
        ("2023", "2023"),
        ("waxaan helay 14.3.2025", "2025-03-14"),
    ],
    "fa": [
        ("دو سال پیش", "2024"),
        ("پارسال", "2025"),
        ("مارس ۲۰۲۴", "2024-03"),
        ("۲۰۲۳", "2023"),
        ("شش ماه پیش", "2026-05"),
        ("do sal pish", "2024"),
        ("سال ۲۰۲۲ اقامت گرفتم", "2022"),
    ],
    "tr": [
        ("geçen yıl", "2025"),
        ("iki yıl önce", "2024"),
        ("Mart 2024", "2024-03"),
        ("2023 yılında", "2023"),
        ("altı ay önce", "2026-05"),
        ("14.03.2025 tarihinde aldım", "2025-03-14"),
    ],
    "zh": [
        ("去年三月", "2025-03"),
        ("去年", "2025"),
        ("两年前", "2024"),
        ("半年前", "2026-05"),
        ("2024年3月", "2024-03"),
        ("2025年3月14日拿到的", "2025-03-14"),
        ("2023年", "2023"),
    ],
    "es": [
        ("el año pasado", "2025"),
        ("hace dos años", "2024"),
        ("en marzo de 2024", "2024-03"),
        ("hace seis meses", "2026-05"),
        ("me dieron el permiso en 2023", "2023"),
        ("el 14 de marzo de 2025", "2025-03-14"),
    ],
    "fr": [
        ("l'année dernière", "2025"),
        ("il y a deux ans", "2024"),
        ("en mars 2024", "2024-03"),
        ("il y a six mois", "2026-05"),
        ("j'ai eu mon titre de séjour en 2023", "2023"),
        ("le 14 mars 2025", "2025-03-14"),
    ],
}
NO_DATES = [
    ("en", "30 February 2024"),
    ("en", "30.2.2024"),
    ("en", "2024-02-30"),
    ("en", "I got my permit on 30 February 2024"),
    ("en", "1890"),
    ("en", "in the year 1890"),
    ("en", "13/2024"),
    ("en", "2024-13"),
    ("en", "2031"),
    ("en", "2027"),
    ("en", "December 2026"),
    ("en", "next year"),
    ("en", "tomorrow"),
    ("en", "in March"),
    ("en", "15.3."),
    ("en", "3/24"),
    ("en", "2022 or 2023"),
    ("en", "before 2022"),
    ("en", "more than two years ago"),
    ("en", "three hundred years ago"),
    ("en", "my permit expires in March 2025"),
    ("en", "I moved to Finland in 2020"),
    ("en", "my son was born in 2020"),
    ("en", "I need an appointment 3/2025"),
    ("en", "the rent was 2024 euros"),
    ("en", "did I have to ask in 2024?"),
    ("fi", "lupani päättyy 3/2025"),
    ("fi", "ennen vuotta 2022"),
    ("fi", "yli kaksi vuotta sitten"),
    ("fi", "olen asunut täällä kaksi vuotta"),
    ("sv", "jag flyttade hit 2020"),
    ("sv", "före 2022"),
    ("ru", "больше двух лет назад"),
    ("ru", "я живу здесь два года"),
    ("uk", "до 2022 року"),
    ("et", "enne 2022. aastat"),
    ("ar", "إقامتي تنتهي في مارس 2025"),
    ("so", "ilmahaygu waa laba sano"),
    ("fa", "سال ۱۴۰۳"),
    ("fa", "۱۴۰۳/۰۵/۱۲"),
    ("fa", "1403"),
    ("tr", "oğlum iki yaşında"),
    ("zh", "我儿子两岁"),
    ("es", "mi hijo nació en 2020"),
    ("fr", "j'habite ici depuis deux ans"),
]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [(language, *case) for language, cases in REPLIES.items() for case in cases],
)
def test_a_reply_gives_a_date_as_exact_as_it_is(language, text, value):
    assert permit_date(text, TODAY, language) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [(language, *case) for language, cases in REPLIES.items() for case in cases],
)
def test_a_date_is_read_while_the_language_is_not_known(language, text, value):
    assert permit_date(text, TODAY) == value


@pytest.mark.parametrize(("language", "text"), NO_DATES)
def test_nothing_is_guessed_from_other_messages(language, text):
    assert permit_date(text, TODAY, language) is None


def test_months_are_counted_over_the_turn_of_the_year():
    assert permit_date("six months ago", date(2026, 3, 31), "en") == "2025-09"
    assert permit_date("last month", date(2026, 1, 5), "en") == "2025-12"


def test_the_29th_of_february_is_a_day_of_leap_years_only():
    assert permit_date("29.2.2024", TODAY, "en") == "2024-02-29"
    assert permit_date("29.2.2025", TODAY, "en") is None


def test_the_entity_stands_beside_the_date_that_was_found_before():
    found = {one.entity: one.value for one in Gazetteers.load().find("I got it on 14.3.2025", "en")}
    assert found == {"date": "2025-03-14", "permit_date": "2025-03-14"}


def test_a_date_of_another_matter_is_no_permit_date():
    found = [one.entity for one in Gazetteers.load().find("I have a meeting on 14.3.2025", "en")]
    assert found == ["date"]
