"""The kind of permit in replies as people write them, and what looks like such a reply."""

import pytest

from assistant.guidance.assessment.vocabulary import PERMITS
from assistant.i18n.languages import COMPLETE
from assistant.nlu.gazetteers import FOLDER, Gazetteers
from assistant.nlu.words import read_lists

REPLIES = {
    "fi": [
        ("oleskelulupa perheside", "family"),
        ("tilapäinen suojelu", "temporary_protection"),
        ("Minulla on työntekijän oleskelulupa", "work"),
        ("sain turvapaikan vuonna 2022", "international_protection"),
        ("olen kiintiöpakolainen", "quota_refugee"),
        ("oon turvapaikanhakija vielä", "asylum_seeker"),
        ("Minun lupa on opiskelijan oleskelulupa", "student"),
        ("oleskelulupa on työ", "work"),
        ("ei ole oleskelulupaa", "none"),
        ("Ruotsin kansalainen", "nordic_citizen"),
        ("B-lupa", "other"),
        ("Tulin Suomeen pari vuotta sitten ja minulla on opiskelulupa, nyt etsin töitä", "student"),
    ],
    "sv": [
        ("arbetstillstånd", "work"),
        ("Jag har uppehållstillstånd på grund av familjeband", "family"),
        ("jag fick asyl 2023", "international_protection"),
        ("tillfälligt skydd tror jag", "temporary_protection"),
        ("jag är kvotflykting", "quota_refugee"),
        ("jag är norsk medborgare", "nordic_citizen"),
        ("uppehållstillstånd för studier", "student"),
        ("asylsökande", "asylum_seeker"),
    ],
    "en": [
        ("I have asylum", "international_protection"),
        ("my permit is for work", "work"),
        ("B permit", "other"),
        ("student residence permit", "student"),
        ("family ties I think", "family"),
        ("it's temporary protection", "temporary_protection"),
        ("I'm an EU citizen", "eu_citizen"),
        ("I am a quota refugee", "quota_refugee"),
        ("I am still waiting for my asylum decision", "asylum_seeker"),
        ("I don't have a residence permit", "none"),
        ("family member of a refugee", "family_of_protected"),
        ("victim of human trafficking", "trafficking_victim"),
        ("I got a work permit in 2023 and I have two kids", "work"),
        ("I came because of my wife", "family"),
        ("swedish citizen", "nordic_citizen"),
        ("unaccompanied minor", "unaccompanied_minor"),
        ("I have työlupa", "work"),
    ],
    "ru": [
        ("у меня временная защита", "temporary_protection"),
        ("рабочая виза", "work"),
        ("ВНЖ по воссоединению семьи", "family"),
        ("студенческий внж", "student"),
        ("у меня статус беженца, дети в школе", "international_protection"),
        ("я проситель убежища", "asylum_seeker"),
        ("гражданка Эстонии", "eu_citizen"),
        ("внж нет, без внж", "none"),
        ("u menya vremennaya zashchita", "temporary_protection"),
        ("oleskelulupa по работе", "work"),
    ],
    "uk": [
        ("маю тимчасовий захист", "temporary_protection"),
        ("Тимчасового захисту", "temporary_protection"),
        ("дозвіл на проживання на підставі роботи", "work"),
        ("возз'єднання сім'ї", "family"),
        ("у мене статус біженця", "international_protection"),
        ("я студент, студентська посвідка", "student"),
        ("tilapäinen suojelu", "temporary_protection"),
        ("я шукачка притулку", "asylum_seeker"),
    ],
    "et": [
        ("olen Eesti kodanik", "eu_citizen"),
        ("elamisluba töötamiseks", "work"),
        ("pereside", "family"),
        ("mul on ajutine kaitse", "temporary_protection"),
        ("elamisluba õppimiseks", "student"),
        ("mul on rahvusvaheline kaitse", "international_protection"),
        ("ma olen varjupaigataotleja", "asylum_seeker"),
        ("elamisluba on õpingud", "student"),
    ],
    "ar": [
        ("عندي لجوء", "international_protection"),
        ("حصلت على اللجوء سنة 2022", "international_protection"),
        ("إقامة عمل", "work"),
        ("لم شمل", "family"),
        ("حماية مؤقتة", "temporary_protection"),
        ("أنا طالب لجوء", "asylum_seeker"),
        ("إقامتي دراسة", "student"),
        ("3andi iqamat 3amal", "work"),
        ("lam shamel", "family"),
        ("ما عندي إقامة", "none"),
        ("عندي oleskelulupa perheside", "family"),
    ],
    "so": [
        ("magangelyo ayaan haystaa", "international_protection"),
        ("waxaan haystaa ogolaansho shaqo", "work"),
        ("isu keenka qoyska", "family"),
        ("ilaalin ku meel gaar ah", "temporary_protection"),
        ("magangelyo doon ayaan ahay", "asylum_seeker"),
        ("waxaan ahay qaxooti kooto", "quota_refugee"),
        ("sharci ma haysto", "none"),
        ("oggolaansho arday", "student"),
    ],
    "fa": [
        ("پناهندگی دارم", "international_protection"),
        ("اقامت کاری", "work"),
        ("اقامت تحصیلی دارم", "student"),
        ("الحاق خانواده", "family"),
        ("من پناهجو هستم", "asylum_seeker"),
        ("حفاظت موقت", "temporary_protection"),
        ("man eghamate kari daram", "work"),
        ("اقامت ندارم", "none"),
        ("شهروند سوئد هستم", "nordic_citizen"),
    ],
    "tr": [
        ("çalışma iznim var", "work"),
        ("aile birleşimi", "family"),
        ("geçici koruma altındayım", "temporary_protection"),
        ("öğrenci oturumum var", "student"),
        ("sığınmacıyım", "asylum_seeker"),
        ("iltica aldım", "international_protection"),
        ("oturma iznim yok", "none"),
        ("ben Bulgar vatandaşıyım", "eu_citizen"),
    ],
    "zh": [
        ("我有工作居留", "work"),
        ("学生签证", "student"),
        ("家庭团聚", "family"),
        ("我是难民身份", "international_protection"),
        ("临时保护", "temporary_protection"),
        ("我是欧盟公民", "eu_citizen"),
        ("没有居留许可", "none"),
        ("因为工作", "work"),
    ],
    "es": [
        ("permiso de trabajo", "work"),
        ("tengo asilo", "international_protection"),
        ("reagrupación familiar", "family"),
        ("soy ciudadana española", "eu_citizen"),
        ("protección temporal", "temporary_protection"),
        ("permiso por estudios", "student"),
        ("soy solicitante de asilo", "asylum_seeker"),
        ("no tengo papeles", "none"),
    ],
    "fr": [
        ("j'ai l'asile", "international_protection"),
        ("titre de séjour salarié", "work"),
        ("regroupement familial", "family"),
        ("permis d'étudiant", "student"),
        ("protection temporaire", "temporary_protection"),
        ("je suis demandeuse d'asile", "asylum_seeker"),
        ("je suis citoyen français", "eu_citizen"),
        ("sans papiers", "none"),
    ],
}
LOOK_ALIKES = [
    ("en", "how do I extend my student permit?"),
    ("en", "I want to apply for asylum"),
    ("en", "do I have asylum?"),
    ("en", "I have no work"),
    ("en", "I work"),
    ("en", "student"),
    ("en", "I have a family"),
    ("en", "I don't have asylum"),
    ("en", "if I have a work permit, can my wife come"),
    ("en", "I have an asylum interview on Monday"),
    ("en", "can my employer get me a work permit"),
    ("en", "student permit or work permit"),
    ("en", "my permit expires soon"),
    ("en", "I have a permit"),
    ("fi", "haluan hakea turvapaikkaa"),
    ("fi", "miten jatkan työlupaa"),
    ("fi", "olen töissä"),
    ("fi", "opiskelija"),
    ("fi", "minulla on perhe"),
    ("fi", "minulla ei ole turvapaikkaa"),
    ("fi", "jos olen EU-kansalainen, pitääkö rekisteröityä"),
    ("fi", "milloin saan pysyvän oleskeluluvan?"),
    ("sv", "hur söker man asyl"),
    ("sv", "jag jobbar"),
    ("sv", "kan jag få arbetstillstånd?"),
    ("ru", "как получить рабочую визу"),
    ("ru", "я работаю"),
    ("ru", "хочу попросить убежище"),
    ("uk", "як продовжити тимчасовий захист?"),
    ("uk", "працюю"),
    ("uk", "сусід отримав статус біженця"),
    ("et", "kuidas pikendada tööluba"),
    ("et", "töötan"),
    ("ar", "أريد تقديم لجوء"),
    ("ar", "كيف أجدد إقامة العمل؟"),
    ("ar", "أعمل"),
    ("so", "sidee baan u codsadaa magangelyo"),
    ("so", "waan shaqeeyaa"),
    ("fa", "چطور ویزای کار بگیرم؟"),
    ("fa", "کار می‌کنم"),
    ("tr", "çalışma izni nasıl alınır"),
    ("tr", "çalışıyorum"),
    ("zh", "怎么申请庇护"),
    ("zh", "我在工作"),
    ("zh", "工作签证怎么延期？"),
    ("es", "quiero pedir asilo"),
    ("es", "trabajo"),
    ("es", "cómo renuevo mi permiso de trabajo"),
    ("fr", "comment demander l'asile"),
    ("fr", "je travaille"),
    ("fr", "je veux prolonger mon permis d'étudiant"),
]
CASES = [(language, *case) for language, cases in REPLIES.items() for case in cases]


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def permits(gazetteers: Gazetteers, text: str, language: str) -> list:
    return [one.value for one in gazetteers.find(text, language) if one.entity == "permit"]


@pytest.mark.parametrize(("language", "text", "value"), CASES)
def test_the_permit_in_a_reply_is_found(gazetteers, language, text, value):
    assert permits(gazetteers, text, language) == [value]


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_a_question_or_a_situation_is_no_permit(gazetteers, language, text):
    assert permits(gazetteers, text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [("en", "student", "student"), ("en", "I work", "employed"), ("fi", "olen töissä", "employed")],
)
def test_a_situation_stays_a_situation(gazetteers, language, text, value):
    found = [(one.entity, one.value) for one in gazetteers.find(text, language)]
    assert found == [("situation", value)]


def test_a_permit_is_found_while_the_language_is_not_known(gazetteers):
    for language, text, value in CASES:
        found = [one.value for one in gazetteers.find(text) if one.entity == "permit"]
        assert found == [value], (language, text)


@pytest.mark.parametrize("permit", PERMITS)
def test_every_permit_has_names_in_every_language(permit):
    names = read_lists(FOLDER / "permits.yml")["names"]
    assert set(names[permit]) >= set(COMPLETE)


def test_the_names_are_of_permits_that_the_rules_know():
    lists = read_lists(FOLDER / "permits.yml")
    assert {*lists["names"], *lists["words"]} == set(PERMITS)


def test_where_a_permit_stands_is_told_by_its_offsets(gazetteers):
    (found,) = gazetteers.find("Well, I have a student permit.", "en")
    assert found.text == "student permit"
