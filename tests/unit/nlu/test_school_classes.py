import pytest

from assistant.nlu.gazetteers import Gazetteers


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def classes(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "school_class"]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("fi", "3. luokka", 3),
        ("fi", "poika on kolmosluokalla", 3),
        ("fi", "menee kolmannelle luokalle", 3),
        ("fi", "ekaluokkalaisen äiti", 1),
        ("sv", "årskurs 4", 4),
        ("sv", "dottern börjar i trean", 3),
        ("en", "my son is in 2nd grade", 2),
        ("en", "she starts third class", 3),
        ("en", "grade 6 pupil", 6),
        ("ru", "во втором классе", 2),
        ("ru", "moy syn v 3 klasse", 3),
        ("uk", "син у третьому класі", 3),
        ("uk", "donka v 2 klasi", 2),
        ("et", "laps läheb teise klassi", 2),
        ("ar", "الصف الثالث", 3),
        ("ar", "ابني بالصف ٣", 3),
        ("ar", "bel saff el talet", 3),
        ("so", "fasalka saddexaad", 3),
        ("so", "fasalka 4aad", 4),
        ("fa", "کلاس دوم", 2),
        ("fa", "صنف سوم", 3),
        ("fa", "kelase chaharom", 4),
        ("tr", "üçüncü sınıf", 3),
        ("tr", "5.sınıfa geçti", 5),
        ("zh", "三年级", 3),
        ("zh", "孩子6年级", 6),
        ("es", "segundo de primaria", 2),
        ("es", "1er grado", 1),
        ("fr", "mon fils est en CE1", 2),
        ("fr", "élève de 3e année", 3),
    ],
)
def test_a_school_class_is_a_number(gazetteers, language, text, number):
    assert classes(gazetteers, text, language) == [number]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "first class ticket to Oulu"),
        ("en", "10th grade"),
        ("fi", "veljellä on CP-vamma"),
        ("fi", "tulin toista kertaa"),
        ("fr", "payé 7 euros de l'heure"),
        ("fr", "au 3e étage"),
        ("ar", "fata7et hal saf7a"),
        ("zh", "我在芬兰住了三年"),
        ("fa", "کلاس سوم زبان فنلاندی"),
    ],
)
def test_another_number_is_no_school_class(gazetteers, language, text):
    assert classes(gazetteers, text, language) == []


def test_both_of_two_classes_are_found(gazetteers):
    assert classes(gazetteers, "first and second grade", "en") == [1, 2]
    assert classes(gazetteers, "الصف الأول والثاني", "ar") == [1, 2]
