"""English that was left inside a translation is named; names and Finnish terms are none."""

import pytest

from assistant.i18n.check.leftovers import check_leftovers


def found(language, source, translation):
    return [problem.detail for problem in check_leftovers(language, source, translation)]


@pytest.mark.parametrize(
    ("language", "source", "translation", "left"),
    [
        (
            "es",
            "Ask the office for the form before you move.",
            "Pida en la oficina the form before mudarse.",
            "the form before",
        ),
        ("fi", "It is free. You need no booking.", "Se on maksuton. You need no.", "You need no"),
        ("so", "Call us first.", "Na soo wac with your phone and the card.", "with your and the"),
        ("ru", "Use the online form.", "Используйте online форму.", "online"),
        ("ar", "Ask at the office.", "اسألوا في office.", "office"),
        ("zh", "Ask at the office.", "请在office询问。", "office"),
    ],
)
def test_english_words_are_named(language, source, translation, left):
    assert found(language, source, translation) == [left]


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("fr", "Use Job Market Finland now.", "Utilisez Job Market Finland maintenant."),
        ("es", "Information on the service.", "Información sobre el servicio."),
        (
            "sv",
            "DVV (Digi- ja väestötietovirasto) registers it.",
            "DVV (Digi- ja väestötietovirasto) registrerar det.",
        ),
        ("ru", "Digi- ja väestötietovirasto (DVV)", "Digi- ja väestötietovirasto (DVV)"),
        ("ru", 'The word "maksuton" means free.', "Слово «maksuton» значит бесплатно."),
        (
            "fi",
            "Ask for the assessment (osaamisen ja kotoutumisen palvelutarpeen arviointi).",
            "Pyydä osaamisen ja kotoutumisen palvelutarpeen arviointia.",
        ),
        ("uk", "It is free on {date}.", "{date} це безкоштовно."),
        ("zh", "Open ytj.fi for the form.", "请打开 ytj.fi 找表格。"),
        ("so", "You may go with him.", "Isaga is ku raac."),
    ],
)
def test_names_terms_and_alike_words_are_no_english(language, source, translation):
    assert found(language, source, translation) == []
