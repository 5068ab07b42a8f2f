import time

import pytest

from assistant.i18n.languages import SERVED
from assistant.nlu.emergency_rules import FOLDER, ORDER, EmergencyRules


@pytest.fixture(scope="module")
def rules() -> EmergencyRules:
    return EmergencyRules.load()


CRIES = {
    "fi": [
        ("TALO PALAA!!", "ambulance_fire_police"),
        ("isä ei hengitä", "ambulance_fire_police"),
        ("mies lyö minua nyt", "violence_now"),
        ("haluan kuolla", "suicidal_crisis"),
        ("vauva joi pesuainetta", "poisoning"),
        ("pomo vei passini ja pakottaa töihin", "human_trafficking"),
        ("lapseni on kadonnut", "child_in_danger"),
        ("missä voin nukkua tänä yönä", "nowhere_to_sleep_tonight"),
    ],
    "sv": [
        ("det brinner i köket", "ambulance_fire_police"),
        ("han slår mig", "violence_now"),
        ("jag vill inte leva längre", "suicidal_crisis"),
    ],
    "en": [
        ("heeelp my house is on fire", "ambulance_fire_police"),
        ("she cant breath", "ambulance_fire_police"),
        ("he has a knife", "violence_now"),
        ("I want to kill myself", "suicidal_crisis"),
        ("my son swallowed a button battery", "poisoning"),
        ("my boss took my passport", "human_trafficking"),
    ],
    "ru": [
        ("муж бьёт меня", "violence_now"),
        ("menya biet muzh", "violence_now"),
        ("не хочу жить", "suicidal_crisis"),
    ],
    "uk": [("горить хата", "ambulance_fire_police"), ("він мене б'є", "violence_now")],
    "et": [("ta ei hinga", "ambulance_fire_police"), ("ma tahan surra", "suicidal_crisis")],
    "ar": [
        ("زوجي يضربني الآن", "violence_now"),
        ("jozi yedrobni", "violence_now"),
        ("أريد أن أموت", "suicidal_crisis"),
    ],
    "so": [
        ("guriga ayaa gubanaya", "ambulance_fire_police"),
        ("wuu i garaacayaa", "violence_now"),
    ],
    "fa": [
        ("پدرم نفس نمی‌کشد", "ambulance_fire_police"),
        ("پدرم نفس نمیکشه", "ambulance_fire_police"),
        ("می‌خواهم بمیرم", "suicidal_crisis"),
    ],
    "tr": [("evimiz yanıyor", "ambulance_fire_police"), ("ölmek istiyorum", "suicidal_crisis")],
    "zh": [("家里着火了", "ambulance_fire_police"), ("我不想活了", "suicidal_crisis")],
    "es": [
        ("mi casa está en llamas", "ambulance_fire_police"),
        ("quiero morir", "suicidal_crisis"),
    ],
    "fr": [("ma maison brûle", "ambulance_fire_police"), ("je veux mourir", "suicidal_crisis")],
}

CALM = {
    "fi": [
        "paloturvallisuuskurssi",
        "palovaroitin piippaa",
        "paljonko ambulanssi maksaa",
        "ensiapukurssi",
        "passin uusiminen",
        "palaan töihin syksyllä",
    ],
    "sv": ["brandvarnaren piper", "vad kostar ambulansen", "jag vill förnya mitt pass"],
    "en": [
        "fire safety course",
        "smoke alarm keeps beeping",
        "I am dying to learn Finnish",
        "first aid course",
        "ambulance fee",
        "police record extract for work",
        "suicide prevention job",
        "he hit me two years ago",
        "I need a shelter place for women",
    ],
    "ru": ["сколько стоит скорая", "умираю от скуки", "справка из полиции"],
    "uk": ["курси першої допомоги", "довідка з поліції"],
    "et": ["esmaabikursus", "passi pikendamine"],
    "ar": ["دورة إسعافات أولية", "تجديد جواز السفر"],
    "so": ["koorsada gargaarka degdega", "baasaboor cusub"],
    "fa": ["هزینه آمبولانس", "تمدید پاسپورت"],
    "tr": ["ilk yardım kursu", "pasaport yenileme"],
    "zh": ["急救课程", "护照过期了怎么办"],
    "es": ["curso de primeros auxilios", "renovar pasaporte"],
    "fr": ["cours de premiers secours", "renouveler mon passeport"],
}


def test_there_are_phrases_for_every_served_language():
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(SERVED)
    assert set(CRIES) == set(CALM) == set(SERVED)


@pytest.mark.parametrize(
    ("text", "kind"), [pair for cries in CRIES.values() for pair in cries], ids=str
)
def test_a_cry_for_help_is_heard(rules, text, kind):
    assert rules.match(text) == kind


@pytest.mark.parametrize("text", [text for texts in CALM.values() for text in texts])
def test_a_calm_question_is_no_emergency(rules, text):
    assert rules.match(text) is None


def test_what_happens_again_is_not_past(rules):
    assert rules.match("he tried to kill me last year and now he has a knife again") is not None


def test_the_greatest_danger_is_answered_first(rules):
    assert rules.match("I want to die, the house is on fire") == ORDER[0]


def test_phrases_of_all_languages_are_tried_on_every_text(rules):
    assert rules.match("hello please apua mies lyö minua") == "violence_now"


def test_nothing_is_found_in_nothing(rules):
    assert rules.match("") is None
    assert rules.match("?!") is None


def test_an_unknown_kind_in_a_file_is_named(tmp_path):
    (tmp_path / "xx.yml").write_text("language: xx\nsigns: {meteor: [sky falls]}", encoding="utf-8")
    with pytest.raises(ValueError, match="meteor"):
        EmergencyRules.load(tmp_path)


def test_a_phrase_that_does_not_begin_with_a_word_is_refused(tmp_path):
    (tmp_path / "xx.yml").write_text(
        "language: xx\nsigns: {poisoning: ['... sky']}", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="begin with a word"):
        EmergencyRules.load(tmp_path)


def test_the_marks_of_phrases(tmp_path):
    (tmp_path / "xx.yml").write_text(
        "language: xx\n"
        "signs:\n  poisoning: ['= solo', 'a|b c? d*', 'x ... z', 'last $']\n"
        "not_signs: [a dog]\npast: [long ago]\nnow: [right now]\n",
        encoding="utf-8",
    )
    rules = EmergencyRules.load(tmp_path)
    found = ["Solo!", "b c dog", "a day", "x 1 2 3 z", "the last. one", "x z long ago right now"]
    missed = ["solo two", "a dog", "x 1 2 3 4 z", "the last one", "x z long ago"]
    assert [text for text in found if rules.match(text) is None] == []
    assert [text for text in missed if rules.match(text) is not None] == []


def test_matching_is_fast(rules):
    text = (
        "Hei, haluaisin kysyä miten haen lapselle päiväkotipaikkaa, olemme juuri muuttaneet tänne"
    )
    start = time.perf_counter()
    for _ in range(100):
        rules.match(text)
    assert (time.perf_counter() - start) / 100 < 0.005
