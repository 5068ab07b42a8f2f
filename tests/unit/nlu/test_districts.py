import pytest

from assistant.nlu.districts import with_municipalities
from assistant.nlu.gazetteers import Gazetteers


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def districts(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "district"]


def municipalities(gazetteers: Gazetteers, text: str, language: str) -> list:
    found = with_municipalities(gazetteers.find(text, language), gazetteers.municipality_of)
    return [one.value for one in found if one.entity == "municipality"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fi", "päiväkoti Tikkurilassa", "Tikkurila"),
        ("fi", "asutaan myyrmäes", "Myyrmäki"),
        ("fi", "Pähkinärinteessä", "Pähkinärinne"),
        ("fi", "Puolivälinkankaalla", "Puolivälinkangas"),
        ("fi", "Haukiputaalla", "Haukipudas"),
        ("fi", "Sörnäisissä", "Sörnäinen"),
        ("sv", "skola i Hagalund", "Tapiola"),
        ("sv", "Nordsjös hälsostation", "Vuosaari"),
        ("en", "baby clinic in leppavaara", "Leppävaara"),
        ("et", "kool Tikkurilas", "Tikkurila"),
        ("tr", "Kalliodaki sağlık ocağı", "Kallio"),
        ("ru", "садик в Мюллюпуро", "Myllypuro"),
        ("ru", "курсы в Тиккуриле", "Tikkurila"),
        ("uk", "садок у Герванті", "Hervanta"),
        ("ar", "مدرسة في فوساري", "Vuosaari"),
        ("fa", "مدرسه هروانتا", "Hervanta"),
        ("zh", "我们在蒂库里拉", "Tikkurila"),
    ],
)
def test_a_district_is_found_by_its_official_name(gazetteers, language, text, name):
    assert districts(gazetteers, text, language) == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "kallio murtui tien vieressä"),
        ("fi", "Kallio murtui tien vieressä"),
        ("fi", "kilo omenoita maksaa 3 euroa"),
        ("fi", "Martti on sairas"),
        ("fi", "keskustassa on kauppa"),
        ("fi", "kämppis vaihtoi lukon"),
        ("en", "a kallio climbing wall"),
        ("so", "dharka aan harqaan ku tolo"),
        ("sv", "malm bryts i gruvan"),
    ],
)
def test_a_common_word_is_no_district(gazetteers, language, text):
    assert districts(gazetteers, text, language) == []


def test_a_common_name_with_a_capital_letter_is_a_district_in_a_local_case(gazetteers):
    assert districts(gazetteers, "Asun Kalliossa", "fi") == ["Kallio"]
    assert districts(gazetteers, "Kallion kirjasto", "fi") == ["Kallio"]


def test_a_common_name_is_a_district_beside_its_municipality(gazetteers):
    assert districts(gazetteers, "Oulun keskusta", "fi") == ["Keskusta"]
    assert districts(gazetteers, "Tammela, Tampere", "fi") == ["Tammela"]


def test_a_district_tells_the_municipality(gazetteers):
    assert municipalities(gazetteers, "I live in Hervanta", "en") == ["837"]


def test_a_named_municipality_is_not_joined_by_that_of_the_district(gazetteers):
    assert municipalities(gazetteers, "Vantaa, Myyrmäki", "fi") == ["092"]
    assert municipalities(gazetteers, "from Kontula to Lahti", "en") == ["398"]


def test_a_name_that_two_cities_have_tells_no_municipality(gazetteers):
    assert districts(gazetteers, "asun Rajakylässä", "fi") == ["Rajakylä"]
    assert municipalities(gazetteers, "asun Rajakylässä", "fi") == []


def test_the_municipality_stands_where_the_district_stands(gazetteers):
    found = with_municipalities(
        gazetteers.find("I live in Hervanta", "en"), gazetteers.municipality_of
    )
    assert [(one.start, one.end) for one in found] == [(10, 18), (10, 18)]


def test_a_district_alone_is_a_plain_answer(gazetteers):
    text = "asun Hervannassa"
    assert gazetteers.only_entities(text, gazetteers.find(text, "fi"))
