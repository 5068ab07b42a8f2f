"""What a translation has lost of its source is named."""

import pytest

from assistant.i18n.check.translation import check_translation


def kinds(language, source, translation):
    return {problem.kind for problem in check_translation(language, source, translation)}


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("fi", "Where is the library?", "Missä kirjasto on?"),
        ("ru", "Call 112 now.", "Позвоните 112 сейчас."),
        ("fi", "You live in {municipality}.", "Asut kunnassa {municipality}."),
        ("zh", "Ask your own municipality for advice.", "请咨询您所在的市镇。"),
        ("so", "Call 09 310 23400.", "Wac 0931023400."),
        ("ar", "Ask for it (alkukartoitus).", "اطلب ذلك (alkukartoitus)."),
        ("fi", "Ask for it (alkukartoitus).", "Pyydä sitä kunnalta: alkukartoitusta"),
        ("fr", "Job Market Finland (Työmarkkinatori)", "Job Market Finland (Työmarkkinatori)"),
    ],
)
def test_a_sound_translation_has_no_fault(language, source, translation):
    assert kinds(language, source, translation) == set()


@pytest.mark.parametrize(
    ("language", "source", "translation", "kind"),
    [
        ("fi", "In {municipality}", "Kunnassa {kunta}", "placeholders differ"),
        ("fi", "In {municipality}", "Kunnassa", "placeholders differ"),
        ("fi", "Call 112", "Soita 122", "numbers differ"),
        ("fi", "Call 112", "Soita", "numbers differ"),
        (
            "fi",
            "The assessment",
            "Osaamisen ja kotoutumispalvelujen tarpeen arviointi",
            "forbidden term",
        ),
        ("ru", "Ask for it (alkukartoitus).", "Попросите это.", "Finnish term lost"),
        ("ru", "Where is the library?", "Gde biblioteka nahoditsya?", "wrong script"),
        ("fr", "Where is the library?", "Where is the library?", "left in English"),
    ],
)
def test_a_fault_is_named(language, source, translation, kind):
    assert kinds(language, source, translation) == {kind}


def test_a_problem_is_given_as_json_too():
    problem = next(check_translation("fi", "Call 112", "Soita"))
    assert problem.as_dict() == {
        "language": "fi",
        "kind": "numbers differ",
        "message": "Call 112",
        "detail": "Soita",
    }
