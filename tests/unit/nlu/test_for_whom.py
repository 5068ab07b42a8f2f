"""For whom a person asks, and needs of other people that say nothing of it."""

import pytest

from assistant.i18n.languages import COMPLETE
from assistant.nlu.gazetteers import FOLDER, Gazetteers
from assistant.nlu.words import read_lists

REPLIES = {
    "fi": [
        ("pojalleni", "child"),
        ("ystäväni puolesta", "other"),
        ("kysyn asiakkaani puolesta", "other"),
        ("itselleni", "self"),
        ("minun lapselle", "child"),
        ("vaimolleni", "other"),
    ],
    "sv": [
        ("för min son", "child"),
        ("mig själv", "self"),
        ("jag frågar för min klient", "other"),
        ("det gäller min dotter", "child"),
        ("för en vän", "other"),
        ("för mig", "self"),
    ],
    "en": [
        ("for my son", "child"),
        ("I ask for my client", "other"),
        ("myself", "self"),
        ("it's for me", "self"),
        ("my daughter", "child"),
        ("I am asking on behalf of a friend", "other"),
        ("for my wife", "other"),
    ],
    "ru": [
        ("для сына", "child"),
        ("для себя", "self"),
        ("спрашиваю за клиента", "other"),
        ("для мужа", "other"),
        ("ребёнку", "child"),
        ("dlya sebya", "self"),
    ],
    "uk": [
        ("для доньки", "child"),
        ("для себе", "self"),
        ("питаю для клієнта", "other"),
        ("для подруги", "other"),
        ("це для мене", "self"),
        ("для моєї дитини", "child"),
    ],
    "et": [
        ("endale", "self"),
        ("oma lapsele", "child"),
        ("küsin sõbra jaoks", "other"),
        ("kliendi nimel", "other"),
        ("pojale", "child"),
        ("minu jaoks", "self"),
    ],
    "ar": [
        ("لابني", "child"),
        ("لنفسي", "self"),
        ("أسأل لصديقي", "other"),
        ("لزوجتي", "other"),
        ("أسأل عن ابنتي", "child"),
        ("نيابة عن موكلي", "other"),
    ],
    "so": [
        ("wiilkayga", "child"),
        ("naftayda", "self"),
        ("saaxiibkay ayaan u weydiinayaa", "other"),
        ("macmiilkayga", "other"),
        ("gabadhayda", "child"),
        ("xaaskayga", "other"),
    ],
    "fa": [
        ("برای پسرم", "child"),
        ("برای خودم", "self"),
        ("از طرف دوستم", "other"),
        ("برای همسرم", "other"),
        ("baraye khodam", "self"),
        ("برای بچه‌ام می‌پرسم", "child"),
    ],
    "tr": [
        ("oğlum için", "child"),
        ("kendim için", "self"),
        ("arkadaşım için soruyorum", "other"),
        ("eşim için", "other"),
        ("müvekkilim adına soruyorum", "other"),
        ("kızım için", "child"),
    ],
    "zh": [
        ("我自己", "self"),
        ("为我儿子", "child"),
        ("替朋友问", "other"),
        ("我的客户", "other"),
        ("给孩子", "child"),
        ("我是帮客户问的", "other"),
    ],
    "es": [
        ("para mi hijo", "child"),
        ("para mí", "self"),
        ("pregunto por mi cliente", "other"),
        ("para una amiga", "other"),
        ("es para mi hija", "child"),
        ("en nombre de otra persona", "other"),
    ],
    "fr": [
        ("pour mon fils", "child"),
        ("pour moi", "self"),
        ("je demande pour un client", "other"),
        ("pour ma femme", "other"),
        ("c'est pour ma fille", "child"),
        ("au nom d'un ami", "other"),
    ],
}
LOOK_ALIKES = [
    ("en", "I need a daycare for my son"),
    ("en", "my son is 4"),
    ("en", "my daughter is sick"),
    ("en", "can you help me"),
    ("en", "my husband works in Espoo"),
    ("fi", "etsin koulua pojalleni"),
    ("fi", "lapseni on 3-vuotias"),
    ("fi", "minun poika on 5"),
    ("sv", "jag söker dagis för min son"),
    ("sv", "min son är 4 år"),
    ("ru", "садик для сына"),
    ("ru", "сыну 5 лет"),
    ("uk", "шукаю школу для доньки"),
    ("uk", "синові 4 роки"),
    ("et", "otsin lasteaeda oma lapsele"),
    ("ar", "أبحث عن مدرسة لابني"),
    ("ar", "هل ممكن تساعدني"),
    ("so", "wiilkaygu waa 4 jir"),
    ("fa", "برای پسرم مهدکودک می‌خواهم"),
    ("tr", "oğlum için okul arıyorum"),
    ("zh", "我儿子四岁"),
    ("zh", "给孩子找学校"),
    ("es", "busco guardería para mi hijo"),
    ("es", "mi hijo tiene 4 años"),
    ("fr", "je cherche une crèche pour mon fils"),
    ("fr", "mon fils a 4 ans"),
]


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def people(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "for_whom"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [(language, *case) for language, cases in REPLIES.items() for case in cases],
)
def test_for_whom_a_reply_asks_is_found(gazetteers, language, text, value):
    assert people(gazetteers, text, language) == [value]


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_a_need_of_a_child_or_another_is_no_reply(gazetteers, language, text):
    assert people(gazetteers, text, language) == []


def test_words_of_asking_count_in_a_longer_message(gazetteers):
    text = "I am asking for my client who moved to Espoo in spring"
    assert people(gazetteers, text, "en") == ["other"]


def test_two_people_are_no_answer(gazetteers):
    assert people(gazetteers, "for me and for my son", "en") == []


def test_everybody_has_names_in_every_language():
    lists = read_lists(FOLDER / "for_whom.yml")
    for part in ("said", "names"):
        assert set(lists[part]) == {"self", "child", "other"}
        assert all(set(languages) >= set(COMPLETE) for languages in lists[part].values())
