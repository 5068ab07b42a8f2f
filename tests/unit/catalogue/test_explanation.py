import pytest

from assistant.catalogue.explanation import QuestionWords, why

from .conftest import service


@pytest.mark.parametrize(
    "text, language, names, expected",
    [
        ("mistä saan päivähoitoa", "fi", {"fi": "Päivähoito"}, ["päivähoitoa"]),
        ("paivahoito", "fi", {"fi": "Päivähoito"}, ["paivahoito"]),
        ("我想学语言课程", "zh", {"zh": "语言课程"}, ["语言", "言课", "课程"]),
        ("library hours", "en", {"fi": "Kirjasto"}, []),
    ],
)
def test_the_words_that_a_service_shares_are_named_as_they_were_written(
    text, language, names, expected
):
    assert QuestionWords.of(text, language).shared(service(names=names)) == expected


def test_a_service_found_by_its_meaning_says_so():
    assert why(service(), similarity=0.6123) == [{"reason": "meaning", "similarity": 0.612}]


def test_the_need_comes_before_the_words_and_the_distance_last():
    item = service(topics=["leisure"])
    reasons = why(item, QuestionWords.of("kirjasto", "fi"), 0.5, 1.26, True, ["leisure"])
    assert [one["reason"] for one in reasons] == ["need", "words", "meaning", "topic", "distance"]
    assert reasons[-1] == {"reason": "distance", "km": 1.3}
