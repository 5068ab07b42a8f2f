"""Benefits in replies as people write them, and what looks like such a reply."""

import pytest

from assistant.guidance.assessment.vocabulary import BENEFITS
from assistant.i18n.languages import COMPLETE
from assistant.nlu.gazetteers import FOLDER, Gazetteers
from assistant.nlu.words import read_lists

HOME_CARE, SOCIAL = "child_home_care_allowance", "social_assistance_long_term"
REPLIES = {
    "fi": [
        ("saan kotihoidon tukea", HOME_CARE),
        ("Kotihoidontuki Kelasta", HOME_CARE),
        ("toimeentulotukea", SOCIAL),
        ("Olen saanut toimeentulotukea jo kauan", SOCIAL),
        ("en saa mitään tukia", "none"),
        ("minä ei saa tuki", "none"),
    ],
    "sv": [
        ("jag får hemvårdsstöd", HOME_CARE),
        ("stöd för hemvård av barn från FPA", HOME_CARE),
        ("utkomststöd", SOCIAL),
        ("vi lever på utkomststöd sedan länge", SOCIAL),
        ("jag får inga bidrag", "none"),
        ("inga stöd", "none"),
    ],
    "en": [
        ("I get home care allowance", HOME_CARE),
        ("child home care allowance from Kela", HOME_CARE),
        ("social assistance", SOCIAL),
        ("I have been on social assistance for a year", SOCIAL),
        ("I get no benefits", "none"),
        ("I don't get any benefits", "none"),
        ("I get toimeentulotuki", SOCIAL),
    ],
    "ru": [
        ("получаю пособие по уходу за ребёнком", HOME_CARE),
        ("kotihoidontuki", HOME_CARE),
        ("прожиточное пособие", SOCIAL),
        ("я давно получаю социальное пособие", SOCIAL),
        ("никаких пособий не получаю", "none"),
        ("не получаю пособий", "none"),
    ],
    "uk": [
        ("отримую допомогу по догляду за дитиною", HOME_CARE),
        ("виплати по догляду за дитиною", HOME_CARE),
        ("живу на соціальну допомогу", SOCIAL),
        ("прожиткова допомога", SOCIAL),
        ("не отримую жодних виплат", "none"),
        ("ніяких допомог", "none"),
    ],
    "et": [
        ("saan koduhooldustoetust", HOME_CARE),
        ("lapse koduse hooldamise toetus", HOME_CARE),
        ("saan toimetulekutoetust", SOCIAL),
        ("toimetulekutoetus", SOCIAL),
        ("ma ei saa mingeid toetusi", "none"),
        ("ei mingeid toetusi", "none"),
    ],
    "ar": [
        ("أحصل على بدل رعاية الطفل في المنزل", HOME_CARE),
        ("باخد kotihoidontuki", HOME_CARE),
        ("المساعدة الاجتماعية", SOCIAL),
        ("نعيش على المساعدة الاجتماعية", SOCIAL),
        ("لا أحصل على مساعدات", "none"),
        ("ما باخد مساعدات", "none"),
    ],
    "so": [
        ("waxaan qaataa lacagta daryeelka guriga", HOME_CARE),
        ("kotihoidontuki ayaan qaataa", HOME_CARE),
        ("kaalmada bulshada", SOCIAL),
        ("waxaan helaa toimeentulotuki", SOCIAL),
        ("wax kaalmo ah ma helo", "none"),
        ("ma helo kaalmo", "none"),
    ],
    "fa": [
        ("کمک هزینه مراقبت از کودک در خانه می‌گیرم", HOME_CARE),
        ("kotihoidontuki میگیرم", HOME_CARE),
        ("کمک اجتماعی", SOCIAL),
        ("مدت طولانی کمک معیشتی می‌گیرم", SOCIAL),
        ("هیچ کمکی نمی‌گیرم", "none"),
        ("کمک هزینه نمی‌گیرم", "none"),
    ],
    "tr": [
        ("evde çocuk bakım parası alıyorum", HOME_CARE),
        ("kotihoidontuki", HOME_CARE),
        ("sosyal yardım alıyorum", SOCIAL),
        ("uzun süredir sosyal yardım alıyorum", SOCIAL),
        ("hiçbir yardım almıyorum", "none"),
        ("sosyal yardım almıyorum", "none"),
    ],
    "zh": [
        ("我领家庭育儿津贴", HOME_CARE),
        ("居家育儿津贴", HOME_CARE),
        ("社会救助", SOCIAL),
        ("我长期领社会救济金", SOCIAL),
        ("没有补助", "none"),
        ("我没有领任何津贴", "none"),
    ],
    "es": [
        ("recibo el subsidio por cuidado en casa", HOME_CARE),
        ("ayuda de cuidado en casa", HOME_CARE),
        ("cobro ayuda social desde hace mucho tiempo", SOCIAL),
        ("asistencia social", SOCIAL),
        ("no recibo ninguna ayuda", "none"),
        ("ningún subsidio", "none"),
    ],
    "fr": [
        ("je touche l'allocation de garde à domicile", HOME_CARE),
        ("allocation de garde d'enfant à domicile", HOME_CARE),
        ("je vis de l'aide sociale", SOCIAL),
        ("aide sociale de Kela", SOCIAL),
        ("je ne reçois aucune aide", "none"),
        ("aucune allocation", "none"),
    ],
}
LOOK_ALIKES = [
    ("en", "how do I apply for home care allowance?"),
    ("en", "can I get social assistance"),
    ("en", "I don't get social assistance"),
    ("en", "my social assistance application was refused"),
    ("en", "if I get home care allowance, can I work"),
    ("en", "no"),
    ("fi", "miten haen toimeentulotukea"),
    ("fi", "saanko kotihoidon tukea?"),
    ("fi", "en saa toimeentulotukea"),
    ("sv", "kan jag få hemvårdsstöd?"),
    ("sv", "hur ansöker man om utkomststöd"),
    ("ru", "как оформить пособие по уходу за ребёнком"),
    ("ru", "не получаю социальное пособие"),
    ("uk", "куди подати на соціальну допомогу"),
    ("et", "kuidas taotleda toimetulekutoetust"),
    ("ar", "كيف أقدم على المساعدة الاجتماعية؟"),
    ("ar", "هل أحصل على المساعدة الاجتماعية؟"),
    ("so", "sidee loo codsadaa toimeentulotuki"),
    ("fa", "چطور کمک اجتماعی بگیرم؟"),
    ("tr", "sosyal yardım nasıl alınır"),
    ("zh", "怎么申请社会救助"),
    ("es", "cómo pido la ayuda social"),
    ("fr", "comment demander l'aide sociale"),
]


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def benefits(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "benefit"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [(language, *case) for language, cases in REPLIES.items() for case in cases],
)
def test_the_benefit_in_a_reply_is_found(gazetteers, language, text, value):
    assert benefits(gazetteers, text, language) == [value]


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_a_question_about_a_benefit_is_no_reply(gazetteers, language, text):
    assert benefits(gazetteers, text, language) == []


def test_a_person_may_get_both(gazetteers):
    text = "I get home care allowance and social assistance"
    assert sorted(benefits(gazetteers, text, "en")) == sorted(BENEFITS)


def test_none_and_one_of_them_is_no_answer(gazetteers):
    assert benefits(gazetteers, "no benefits, social assistance", "en") == []


def test_every_benefit_has_names_in_every_language():
    names = read_lists(FOLDER / "benefits.yml")["names"]
    assert set(names) == {*BENEFITS, "none"}
    assert all(set(languages) >= set(COMPLETE) for languages in names.values())
