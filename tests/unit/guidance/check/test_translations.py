"""Translations of guides keep placeholders and numbers."""


def test_a_lost_placeholder_is_named_with_the_need_and_the_language(folder):
    folder.guide(where="The office of {municipality}.")
    folder.translation("fi", "The office of {municipality}.", "Kunnan toimisto.")
    [problem] = folder.found("lost_placeholder")
    assert (problem.need, problem.language) == ("housing/deposit", "fi")
    assert (problem.detail, problem.severity) == ("The office of {municipality}.", "error")


def test_a_lost_number_is_named(folder):
    folder.translation("sv", "In danger, call 112.", "Ring 122 vid fara.")
    [problem] = folder.found("lost_number")
    assert (problem.language, problem.detail) == ("sv", "In danger, call 112.")


def test_a_sound_translation_is_no_problem(folder):
    folder.translation("sv", "In danger, call 112.", "Ring 112 vid fara.")
    assert folder.problems() == []
