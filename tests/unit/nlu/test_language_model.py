"""Which language a message is in: scripts, our own phrases, the conversation so far."""

import pytest

from assistant.i18n.languages import SERVED
from assistant.nlu import language_model
from assistant.nlu.language_model import LanguageModel

PHRASES = {
    "en": ["I need a daycare place", "where is the library", "how do I apply for a home"],
    "fi": ["tarvitsen päivähoitopaikan", "missä on kirjasto", "miten haen asuntoa", "moi"],
    "sv": ["jag behöver en dagisplats", "var ligger biblioteket", "hur söker jag bostad"],
    "et": ["vajan lasteaiakohta", "kus on raamatukogu", "kuidas taotleda korterit"],
    "so": ["waxaan u baahanahay xannaanada", "aaway maktabadda", "sidee guri u helaa"],
    "tr": ["kreş arıyorum", "kütüphane nerede", "nasıl ev bulurum"],
    "es": ["necesito una guardería", "dónde está la biblioteca", "cómo busco piso"],
    "fr": ["je cherche une crèche", "où est la bibliothèque", "comment trouver un logement"],
    "ru": ["мне нужен детский сад", "где библиотека", "kak nayti kvartiru", "gde biblioteka"],
    "uk": ["мені потрібен дитячий садок", "де бібліотека", "як знайти житло"],
    "ar": ["أحتاج روضة أطفال", "أين المكتبة", "ayna almaktaba", "ahtaj hadana lil atfal"],
    "fa": ["مهدکودک می‌خواهم", "کتابخانه کجاست", "khane mikham", "ketabkhane kojast"],
    "zh": ["我需要日托", "图书馆在哪里", "怎么申请住房"],
}


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    pairs = [(text, code) for code, texts in PHRASES.items() for text in texts]
    return LanguageModel.fit(*zip(*pairs))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where can I find a doctor", "en"),
        ("mistä löydän lääkärin", "fi"),
        ("var hittar jag en läkare", "sv"),
        ("kust leian arsti", "et"),
        ("dónde encuentro un médico", "es"),
        ("où trouver un médecin", "fr"),
        ("doktoru nerede bulurum", "tr"),
        ("где мне найти хорошего врача", "ru"),
        ("де знайти лікаря", "uk"),
        ("أين أجد طبيبا", "ar"),
        ("کجا دکتر پیدا کنم", "fa"),
        ("哪里可以找到医生", "zh"),
        ("ketabkhane kojast", "fa"),
        ("kak nayti biblioteku", "ru"),
    ],
)
def test_a_message_is_identified(model, text, language):
    assert model.identify(text).code == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("สวัสดีครับ", "th"),
        ("안녕하세요", "ko"),
        ("ありがとう", "ja"),
        ("日本語がわかります", "ja"),
        ("ሰላም", "am"),
    ],
)
def test_the_script_of_a_language_that_is_not_served_names_it(model, text, language):
    assert model.identify(text).code == language
    assert language not in SERVED


@pytest.mark.parametrize("text", ["", "112", "🙂", "?!"])
def test_a_text_without_letters_keeps_the_conversation_s_language_without_confidence(model, text):
    found = model.identify(text, "so")
    assert (found.code, found.confidence) == ("so", 0.0)


def test_a_text_without_letters_and_conversation_is_in_no_language(model):
    assert model.identify("112").code is None


def test_probabilities_sum_to_one(model):
    assert sum(model.scores("library").values()) == pytest.approx(1)


def test_the_conversation_s_language_becomes_likelier(model):
    assert model.scores("ok", "tr")["tr"] > model.scores("ok")["tr"]


def test_a_clear_message_changes_the_language_of_the_conversation(model):
    assert model.identify("missä on kirjasto", "ar").code == "fi"


def test_a_finnish_name_in_arabic_text_does_not_make_it_finnish(model):
    assert model.identify("أين أجد alkukartoitus للمهاجرين في Espoo").code == "ar"


def test_letters_of_one_script_never_mean_a_language_of_another(model):
    assert set(model.scores("где")) == {"ru", "uk"}


def test_a_model_that_is_saved_and_loaded_says_the_same(model, tmp_path):
    model.save(tmp_path)
    loaded = LanguageModel.load(tmp_path)
    assert loaded.languages == model.languages
    before, after = model.scores("where is it"), loaded.scores("where is it")
    assert after == pytest.approx(before, abs=0.01)


def test_romanised_phrases_are_a_class_of_their_own(model):
    assert {"ru", "ru-Latn", "fa", "fa-Latn"} <= set(model.languages)


def test_a_finnish_word_among_another_language_s_phrases_teaches_nothing_about_it():
    texts = ["where is the library", "tarvitsen päivähoitopaikan lapselleni", "missä kirjasto on"]
    learnt = LanguageModel.fit(texts, ["en", "so", "fi"])
    assert "so" not in learnt.languages


MARKED = [
    "tôi cần giúp đỡ",
    "làm thế nào để tìm nhà ở",
    "thư viện ở đâu",
    "tôi muốn đăng ký cho con đi học",
    "bác sĩ làm việc lúc mấy giờ",
]


@pytest.fixture(scope="module")
def model_with_vietnamese() -> LanguageModel:
    pairs = [(text, code) for code, texts in PHRASES.items() for text in texts]
    return LanguageModel.fit(*zip(*pairs, *((text, "vi") for text in MARKED)))


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn tìm bác sĩ cho con",
        "toi muon tim bac si cho con",
        "toi cần tim nhà o",
        "TOI CAN GIUP DO",
    ],
)
def test_a_language_of_many_marks_is_recognised_without_them(model_with_vietnamese, text):
    assert model_with_vietnamese.identify(text).code == "vi"


def test_only_languages_of_many_marks_have_a_class_of_plain_text(model_with_vietnamese):
    plain = {name for name in model_with_vietnamese.languages if name.endswith("-plain")}
    assert plain == {"vi-plain"}


@pytest.mark.parametrize(("text", "language"), [("where can I find a doctor", "en"),
                                                ("missa on kirjasto", "fi"),
                                                ("sidee guri u helaa", "so")])  # fmt: skip
def test_other_languages_in_plain_letters_stay_what_they_are(model_with_vietnamese, text, language):
    assert model_with_vietnamese.identify(text).code == language


def test_a_served_language_that_lingua_does_not_know_is_found_by_its_sentences(monkeypatch):
    monkeypatch.setattr(language_model, "SERVED", (*SERVED, "ku"))
    for cached in (language_model._lingua_codes, language_model._lingua):
        cached.cache_clear()
    texts = ["ez alîkariyê dixwazim", "pirtûkxane li ku ye", "ez ê malê çawa bibînim"]
    pairs = [(text, code) for code, of in PHRASES.items() for text in of]
    try:
        model = LanguageModel.fit(*zip(*pairs, *((text, "ku") for text in texts)))
        assert model.identify("ez li malê digerim").code == "ku"
    finally:
        for cached in (language_model._lingua_codes, language_model._lingua):
            cached.cache_clear()
