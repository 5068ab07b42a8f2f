"""A concept has one name in each language, and an old name does not stand alone."""

import pytest

from assistant.i18n.check.glossary import (
    NEGATION,
    GlossaryError,
    check_terms,
    folded,
    load_glossary,
)
from assistant.i18n.languages import COMPLETE, SOURCE_LANGUAGE

OWN = load_glossary()


def kinds(language, source, translation, glossary=OWN):
    return [
        (problem.kind, problem.detail.split(":")[0])
        for problem in check_terms(language, source, translation, glossary)
    ]


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "glossary.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("fi", "Ask the municipality.", "Kysy kunnalta."),
        ("fi", "An integration plan", "Kotoutumissuunnitelmaa"),
        ("ru", "Your integration plans (kotoutumissuunnitelma)", "Ваших планов интеграции"),
        ("ar", "Your municipality of residence", "بلدية سكنكم"),
        ("fa", "Apply for a daycare place", "درخواست جا در مهدِ کودک"),
        ("tr", "Ask the employment authority.", "İş bulma kurumuna sorun."),
        ("fr", "the employment authority", "de l’autorité de l’emploi"),
        ("zh", "Ask the municipality.", "请询问市政当局。"),
        ("so", "The employment authority decides.", "Hay'adda shaqada ayaa go'aamisa."),
        ("es", "I live in {municipality}", "Vivo en {municipality}"),
    ],
)
def test_a_name_is_found_in_every_form(language, source, translation):
    assert kinds(language, source, translation) == []


@pytest.mark.parametrize(
    ("language", "source", "translation", "concept"),
    [
        ("fi", "Ask the municipality.", "Kysy kaupungilta.", "municipality"),
        ("es", "Your integration plan", "Su plan de adaptación", "integration plan"),
        ("tr", "The integration plan", "Uyum süreci programı", "integration plan"),
        ("uk", "Ask for an interpreter.", "Попросіть помічника.", "interpreter"),
        ("zh", "The employment authority decides.", "由劳动局决定。", "employment authority"),
        # The Finnish term in brackets is not the name in the language.
        ("et", "Day care (päiväkoti)", "Hoid (päiväkoti)", "daycare"),
    ],
)
def test_another_name_is_a_problem(language, source, translation, concept):
    assert kinds(language, source, translation) == [("glossary", concept)]


@pytest.mark.parametrize(
    ("language", "translation"),
    [
        ("fi", "Pyydä, että sinut tutkitaan."),
        ("sv", "Du behöver komma hit."),
        ("ru", "Вы можете приходить."),
        ("uk", "Ви можете приходити."),
        ("et", "Sa pead tulema."),
        ("ar", "يمكنكم الحضور اليوم."),
        ("so", "Waad iman kartaa."),
        ("fa", "می‌توانید بیایید."),
        ("tr", "Gelebilirsiniz."),
        ("zh", "您可以来。"),
        ("es", "Puede venir."),
        ("fr", "Vous pouvez venir."),
    ],
)
def test_a_lost_negation_is_seen_in_every_language(language, translation):
    assert kinds(language, "You cannot come.", translation) == [("negation lost", NEGATION)]


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("ru", "Ask your municipality.", "Спросите в своей коммуне."),
        ("tr", "Your integration plan", "Uyum süreci planınız"),
        ("fi", "Ask the employment authority.", "Kysy TE-toimistosta."),
        ("ru", "You get an assessment.", "Вы получите первичную оценку."),
    ],
)
def test_an_old_name_does_not_stand_alone(language, source, translation):
    assert [kind for kind, _ in kinds(language, source, translation)] == ["old term"]


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("ru", "Ask your municipality.", "Спросите в муниципалитете (коммуне)."),
        ("ru", "Municipal heating", "Коммунальное отопление"),
        (
            "fi",
            "Under the old law, the TE Office decided.",
            "Vanhan lain mukaan TE-toimisto päätti.",
        ),
        ("ru", "The initial assessment", "Первичная оценка"),
    ],
)
def test_an_old_name_may_stand_beside_the_new_one_or_for_the_old_thing(
    language, source, translation
):
    assert kinds(language, source, translation) == []


def test_words_of_another_meaning_are_no_concept(write):
    glossary = load_glossary(
        write(
            "- concept: worker\n  english: social worker\n  except: school social worker\n"
            "  stems: {fi: sosiaalityöntekij}\n"
        )
    )
    assert kinds("fi", "Ask the school social worker.", "Kysy kuraattorilta.", glossary) == []
    assert kinds("fi", "Ask social workers.", "Kysy heiltä.", glossary) == [("glossary", "worker")]


def test_a_language_without_stems_is_not_checked(write):
    glossary = load_glossary(write("- {concept: a, english: cat, stems: {fi: kissa}}\n"))
    assert kinds("vi", "My cat", "Con chó", glossary) == []


def test_a_stem_can_be_tied_to_the_ends_of_a_word(write):
    glossary = load_glossary(write("- {concept: a, english: cat, stems: {fi: ^ei$}}\n"))
    assert kinds("fi", "A cat", "Näin ei ole.", glossary) == []
    assert kinds("fi", "A cat", "Meille eilen reitti.", glossary) == [("glossary", "a")]


def test_an_official_name_is_said_to_be_one():
    found = next(check_terms("es", "Integration plan", "Plan de acogida", OWN))
    assert found.detail == "integration plan: programa de integraci (official)"


@pytest.mark.parametrize(
    ("text", "language", "same"),
    [
        ("İSTANBUL", "tr", "istanbul"),
        ("IŞIK", "tr", "ışık"),
        ("مهـدِ", "fa", "مهد"),
        ("می‌شود", "fa", "میشود"),
        ("l’emploi", "fr", "l'emploi"),
    ],
)
def test_differences_that_are_none_are_folded(text, language, same):
    assert folded(text, language) == same


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "- {concept: a, english: cat}",
        "- {concept: a, english: cat, stems: {fi: kissa}, stem: x}",
        "- {concept: a, english: [no], stems: {fi: ei}}",
        "- {concept: a, english: cat, stems: {fi: [kissa, 5]}}",
        "- {concept: a, english: cat, stems: {no: katt}}",
        "- [",
    ],
)
def test_a_wrong_glossary_is_one_clear_line(write, text):
    with pytest.raises(GlossaryError) as error:
        load_glossary(write(text))
    assert "glossary.yml" in str(error.value)
    assert "\n" not in str(error.value)


def test_every_complete_language_has_a_name_for_nearly_every_concept():
    for code in set(COMPLETE) - {SOURCE_LANGUAGE}:
        named = sum(code in concept.stems for concept in OWN)
        assert named >= len(OWN) - 3, code
