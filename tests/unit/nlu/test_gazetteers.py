import time

import pytest
import yaml

from assistant.i18n.languages import COMPLETE, SERVED
from assistant.nlu.gazetteers import FOLDER, MUNICIPALITIES, Gazetteers


@pytest.fixture(scope="module")
def gazetteers() -> Gazetteers:
    return Gazetteers.load()


def values(gazetteers: Gazetteers, text: str, language: str, entity: str) -> list:
    return [found.value for found in gazetteers.find(text, language) if found.entity == entity]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("fi", "asun Helsingissä", "091"),
        ("fi", "muutin Turusta", "853"),
        ("fi", "olemme lahdessa", "398"),
        ("fi", "Tampereella on kylmä", "837"),
        ("fi", "töihin Rovaniemelle", "698"),
        ("fi", "Vantaan kaupunki", "092"),
        ("fi", "päiväkotiin espooseen", "049"),
        ("fi", "Seinäjoella asuva veljeni", "743"),
        ("fi", "Mänttä-Vilppulassa", "508"),
        ("fi", "Pedersören kunnassa", "599"),
        ("fi", "Uudessakaupungissa", "895"),
        ("fi", "muutan Lopelle", "433"),
        ("fi", "Virroilla", "936"),
        ("fi", "Kauniaisissa", "235"),
        ("fi", "asun Esimerkkilässä", "999"),
        ("sv", "Esbos daghem", "049"),
        ("sv", "jag bor i Åbo", "853"),
        ("sv", "S:t Michel", "491"),
        ("sv", "Exempelby", "999"),
        ("en", "we live in jyvaskyla", "179"),
        ("en", "Hameenlinna", "109"),
        ("et", "elan Espoos", "049"),
        ("et", "kolime Turust ära", "853"),
        ("tr", "Helsinki'de yaşıyorum", "091"),
        ("tr", "Espooda oturuyoruz", "049"),
        ("tr", "Tampere'ye taşındık", "837"),
        ("ru", "живу в Хельсинки", "091"),
        ("ru", "приехал из Ювяскюли", "179"),
        ("ru", "работаю в Лаппеэнранте", "405"),
        ("uk", "мешкаю у Гельсінкі", "091"),
        ("ar", "أسكن بتامبيري", "837"),
        ("ar", "انتقلت من توركو", "853"),
        ("fa", "در هلسینکی زندگی می‌کنم", "091"),
        ("zh", "我住在埃斯波", "049"),
        ("so", "waxaan degganahay Oulu", "564"),
        ("es", "vivo en Kuopio", "297"),
        ("fr", "j'habite à Vaasa", "905"),
        ("fi", "asutaan turus", "853"),
        ("fi", "Pihtiputaalla", "601"),
        ("tr", "Lahti'den geldik", "398"),
        ("ru", "живём в Нурмиярви", "543"),
        ("uk", "переїхали до Рованіємі", "698"),
        ("ar", "نسكن في كوفولا", "286"),
        ("zh", "我住在里希迈基", "694"),
    ],
)
def test_a_municipality_is_found_as_people_write_it(gazetteers, language, text, code):
    assert values(gazetteers, text, language, "municipality") == [code]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my Nokia phone is broken"),
        ("fi", "olin kolarissa eilen"),
        ("en", "my daughter Salla is sick"),
        ("so", "ii sheeg waxa aan sameeyo"),
        ("uk", "люблю сало і пори року"),
        ("en", "his money was hit hard"),
        ("sv", "hur länge får man vänta på besked"),
        ("fr", "le salon de thé"),
        ("en", "nonsense like turkuxx and xespoo"),
        ("en", "Turku sausage recipe"),
        ("en", "we came from Narva, Lahore and Paris"),
        ("fi", "bussi lähti jo, lähden kotiin"),
        ("sv", "jag har inga pengar, vem kan man vända sig till"),
        ("fi", "kämppis muutti pois"),
    ],
)
def test_a_common_word_is_no_municipality(gazetteers, language, text):
    assert values(gazetteers, text, language, "municipality") == []


def test_an_ambiguous_name_is_a_municipality_after_a_place_word(gazetteers):
    assert values(gazetteers, "I live in Salo", "en", "municipality") == ["734"]
    assert values(gazetteers, "Nokia", "en", "municipality") == ["536"]
    assert values(gazetteers, "we moved to Salla", "en", "municipality") == ["732"]


def test_every_municipality_is_found_by_its_finnish_and_swedish_name(gazetteers):
    rows = yaml.safe_load(MUNICIPALITIES.read_text(encoding="utf-8"))["municipalities"]
    for row in rows:
        names = row.get("name", row)
        for language in ("fi", "sv"):
            found = values(gazetteers, names[language], language, "municipality")
            assert found == [str(row["code"])], names[language]


def test_offsets_are_those_of_the_original_text(gazetteers):
    text = "Hei!  Asun\u200b nyt ESPOOSSA, lapsi on 3-vuotias"
    for found in gazetteers.find(text, "fi"):
        assert text[found.start : found.end] == found.text
    assert [found.text for found in gazetteers.find(text, "fi")] == ["ESPOOSSA", "3-vuotias"]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("fi", "tarvitsen tulkin arabiaksi", "ar"),
        ("fi", "arabiankielinen hoitaja", "ar"),
        ("fi", "haluan oppia suomea", "fi"),
        ("sv", "på somaliska", "so"),
        ("en", "a Kurdish interpreter", "ku"),
        ("ru", "на арабском", "ar"),
        ("uk", "говорю українською", "uk"),
        ("et", "vene keeles", "ru"),
        ("ar", "بالعربية لو سمحت", "ar"),
        ("so", "af soomaali", "so"),
        ("fa", "به فارسی", "fa"),
        ("tr", "Türkçe", "tr"),
        ("zh", "阿拉伯语翻译", "ar"),
        ("es", "por el árabe", "ar"),
        ("fr", "en français", "fr"),
    ],
)
def test_the_name_of_a_language_is_found(gazetteers, language, text, code):
    assert values(gazetteers, text, language, "language_name") == [code]


@pytest.mark.parametrize(
    ("language", "text"), [("fi", "asun Suomessa"), ("en", "Finnish citizenship")]
)
def test_a_country_or_nationality_is_no_language(gazetteers, language, text):
    assert values(gazetteers, text, language, "language_name") == []


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("fi", "lapsi on 3-vuotias", 3),
        ("fi", "kaksivuotias", 2),
        ("fi", "vauva 8 kk", 0.67),
        ("fi", "puolitoistavuotias", 1.5),
        ("fi", "1v 6kk vanha poika", 1.5),
        ("sv", "en treåring", 3),
        ("sv", "min dotter är 6 år", 6),
        ("en", "my 3 year old", 3),
        ("en", "two years old", 2),
        ("en", "she is 4", 4),
        ("en", "18 months old", 1.5),
        ("en", "2.5 years old", 2.5),
        ("en", "he turns 7 in May", 7),
        ("en", "a six week old baby", 0.12),
        ("ru", "моему ребёнку 4 года", 4),
        ("uk", "дитині сім років", 7),
        ("et", "laps on kaheaastane", 2),
        ("ar", "عمره ٥ سنوات", 5),
        ("ar", "بنتي عمرها سنتين", 2),
        ("so", "wiilkaygu waa afar jir", 4),
        ("fa", "پسرم سه ساله است", 3),
        ("tr", "kızım beş yaşında", 5),
        ("zh", "三岁", 3),
        ("zh", "孩子十二岁", 12),
        ("zh", "宝宝8个月", 0.67),
        ("ru", "synu 5 let", 5),
        ("so", "laba iyo toban jir", 12),
        ("tr", "oğlum on üç yaşında", 13),
        ("es", "mi hija tiene 4 años", 4),
        ("fr", "mon fils a deux ans", 2),
    ],
)
def test_the_age_of_a_child_is_in_years_and_parts_of_a_year(gazetteers, language, text, years):
    assert values(gazetteers, text, language, "child_age") == [years]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "olen asunut Suomessa 3 vuotta"),
        ("en", "I have lived here for 3 years with my child"),
        ("en", "I am 34 years old"),
        ("en", "thirty two years old"),
        ("fr", "ma fille a dix-neuf ans"),
        ("ru", "мне двадцать пять лет"),
        ("zh", "我二十五岁"),
        ("et", "meid on kuus inimest"),
        ("es", "hace 5 años"),
        ("es", "mi hijo firmó por dos años"),
        ("en", "a kindergarten place in two weeks"),
        ("ar", "shi 3an ta2yim lugha"),
        ("fa", "رفیقم یک ساله منتظر خانه است"),
        ("ru", "стоматолог с 15-летним стажем"),
    ],
)
def test_another_length_of_time_is_no_age_of_a_child(gazetteers, language, text):
    assert values(gazetteers, text, language, "child_age") == []


@pytest.mark.parametrize(
    ("language", "text", "situation"),
    [
        ("fi", "minä olen työtön", "unemployed_jobseeker"),
        ("sv", "jag studerar", "student"),
        ("en", "I don't work", "not_working"),
        ("ru", "я безработная", "unemployed_jobseeker"),
        ("uk", "я на пенсії", "pensioner"),
        ("et", "olen lapsega kodus", "at_home_with_child"),
        ("ar", "أنا عاطل عن العمل", "unemployed_jobseeker"),
        ("so", "arday ayaan ahay", "student"),
        ("fa", "بیکارم", "unemployed_jobseeker"),
        ("tr", "çalışıyorum", "employed"),
        ("zh", "我在上学", "student"),
        ("es", "busco trabajo", "unemployed_jobseeker"),
        ("fr", "je suis à la retraite", "pensioner"),
    ],
)
def test_a_situation_is_found(gazetteers, language, text, situation):
    assert values(gazetteers, text, language, "situation") == [situation]


def test_numbers_that_share_a_unit_are_all_ages(gazetteers):
    assert values(gazetteers, "our kids are 4, 7 and 11 years old", "en", "child_age") == [4, 7, 11]
    assert values(gazetteers, "дети 5 и 9 лет", "ru", "child_age") == [5, 9]


def test_student_housing_is_no_situation(gazetteers):
    assert values(gazetteers, "student housing", "en", "situation") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I live in Tampere"),
        ("fi", "minun kuntani on Tampere"),
        ("sv", "jag bor i Vasa."),
        ("ru", "я живу в Вантаа"),
        ("zh", "我住在万塔"),
        ("ar", "أسكن في إسبو"),
        ("tr", "Espoo'da yaşıyorum"),
        ("en", "Kuopio!"),
    ],
)
def test_a_plain_answer_has_nothing_but_entities(gazetteers, language, text):
    assert gazetteers.only_entities(text, gazetteers.find(text, language))


@pytest.mark.parametrize("text", ["daycare in Tampere", "hello", "how do I get to Tampere"])
def test_a_need_is_more_than_entities(gazetteers, text):
    assert not gazetteers.only_entities(text, gazetteers.find(text, "en"))


def test_every_list_has_all_languages_that_are_no_drafts():
    situations = yaml.safe_load((FOLDER / "situations.yml").read_text(encoding="utf-8"))
    for situation, phrases in situations["situations"].items():
        assert set(COMPLETE) <= set(phrases) <= set(SERVED), situation
    connecting = yaml.load(
        (FOLDER / "connecting_words.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    assert set(COMPLETE) <= set(connecting) <= set(SERVED)


def test_finding_is_fast(gazetteers):
    text = "Hei, asun Espoossa ja haen hoitopaikkaa lapselle joka on 3-vuotias, kiitos avusta"
    start = time.perf_counter()
    for _ in range(100):
        gazetteers.find(text, "fi")
    assert (time.perf_counter() - start) / 100 < 0.005


def test_the_component_adds_entities_and_skips_payloads():
    message_module = pytest.importorskip("rasa.shared.nlu.training_data.message")
    from assistant.nlu.gazetteer_extractor import ONLY_ENTITIES, GazetteerExtractor

    extractor = GazetteerExtractor(Gazetteers.load())
    message = message_module.Message({"text": "I live in Tampere", "entities": [{"entity": "x"}]})
    payload = message_module.Message({"text": '/inform{"municipality": "Tampere"}'})
    extractor.process([message, payload])
    assert [entity["entity"] for entity in message.get("entities")] == ["x", "municipality"]
    assert message.get("entities")[1]["extractor"] == "GazetteerExtractor"
    assert message.get(ONLY_ENTITIES) is True
    assert "entities" in message.as_dict_nlu() or message.get("entities")
    assert payload.get("entities") is None
