"""The component around the language model: language, slot entity, conversation."""

from contextlib import contextmanager

import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.conversation import conversation_language
from assistant.nlu.language_identifier import (
    LANGUAGE_ENTITY,
    LanguageIdentifier,
    message_language,
    training_language,
)
from assistant.nlu.language_model import Identification


class PlayedModel:
    def __init__(self, code, confidence):
        self.found = Identification(code, confidence)
        self.asked = []

    def identify(self, text, conversation=None):
        self.asked.append((text, conversation))
        return self.found


class FolderStorage:
    def __init__(self, folder):
        self.folder = folder

    @contextmanager
    def write_to(self, resource):
        yield self.folder

    read_from = write_to


@pytest.fixture(autouse=True)
def own_conversation():
    token = conversation_language.set(None)
    yield
    conversation_language.reset(token)


def identified(code="fi", confidence=0.9, text="moi", **data):
    model = PlayedModel(code, confidence)
    component = LanguageIdentifier(LanguageIdentifier.get_default_config(), None, None, model)
    message = Message({"text": text, **data})
    component.process([message])
    return message, model


def entities(message):
    return [entity["value"] for entity in message.get("entities", [])]


def test_a_sure_language_fills_the_slot():
    message, _ = identified()
    assert message_language(message) == "fi"
    assert entities(message) == ["fi"]
    assert message.get("entities")[0]["entity"] == LANGUAGE_ENTITY


def test_an_unsure_language_is_noted_but_fills_no_slot():
    message, _ = identified(confidence=0.3)
    assert message_language(message) == "fi"
    assert entities(message) == []


@pytest.mark.parametrize(("before", "taken"), [(None, ["fi"]), ("so", [])])
def test_a_likely_language_begins_a_conversation_but_does_not_change_it(before, taken):
    conversation_language.set(before)
    message, _ = identified(confidence=0.5)
    assert entities(message) == taken


@pytest.mark.parametrize(("before", "taken"), [(None, ["fi"]), ("so", [])])
def test_a_finnish_office_word_does_not_change_the_language(before, taken):
    conversation_language.set(before)
    message, _ = identified(text="verokortti")
    assert entities(message) == taken


def test_a_language_that_is_not_served_fills_no_slot():
    message, _ = identified("th", 1.0)
    assert message.get("language")["served"] is False
    assert entities(message) == []


def test_entities_that_were_found_before_stay():
    message, _ = identified(entities=[{"entity": "municipality", "value": "091"}])
    assert entities(message) == ["091", "fi"]


def test_a_sure_language_is_the_language_of_an_apology_in_this_turn():
    identified("so", 0.9)
    assert conversation_language.get() == "so"


def test_the_language_of_the_conversation_is_a_prior():
    conversation_language.set("tr")
    _, model = identified()
    assert model.asked == [("moi", "tr")]


def test_the_language_that_the_website_names_comes_before_the_conversation_s():
    conversation_language.set("tr")
    _, model = identified(metadata={"language": "ar"})
    assert model.asked == [("moi", "ar")]


def test_a_payload_has_no_language():
    message, model = identified(text="/housing")
    assert message_language(message) is None
    assert model.asked == []


def test_invisible_characters_are_not_judged():
    _, model = identified(text="mo\u200bi\x00")
    assert model.asked == [("moi", None)]


def phrase(text, language, need="housing/a"):
    metadata = {"language": language} if language else None
    return Message.build(text, need, intent_metadata=metadata)


def test_training_learns_from_phrases_with_a_language_and_leaves_noise_out(tmp_path):
    storage = FolderStorage(tmp_path)
    component = LanguageIdentifier({}, storage, "resource")
    phrases = [
        phrase("where is the library", "en"),
        phrase("missä on kirjasto", "fi"),
        phrase("asdfgh", "et", "out_of_scope/unintelligible"),
        phrase("something", None),
    ]
    assert component.train(TrainingData(phrases)) == "resource"
    loaded = LanguageIdentifier.load({}, storage, "resource", None)
    assert {"en", "fi"} <= set(loaded._model.languages)
    assert "et" not in loaded._model.languages


def test_training_learns_languages_without_training_phrases_as_well(tmp_path):
    storage = FolderStorage(tmp_path)
    component = LanguageIdentifier({}, storage, "resource")
    component.train(TrainingData([phrase("where is the library", "en")]))
    assert {"vi", "sq", "ku", "pl", "de", "ckb"} <= set(component._model.languages)


def test_training_without_any_language_says_what_is_missing():
    component = LanguageIdentifier({}, None, None)
    with pytest.raises(InvalidConfigException, match="LanguageFolderImporter"):
        component.train(TrainingData([phrase("hi", None)]))


def test_training_phrases_carry_their_language_to_later_components():
    data = TrainingData([phrase("hi", "en")])
    LanguageIdentifier({}, None, None).process_training_data(data)
    assert message_language(data.training_examples[0]) == "en"


@pytest.mark.parametrize("metadata", [{}, {"intent": "housing"}, {"intent": {}}])
def test_a_phrase_without_a_note_has_no_language(metadata):
    assert training_language(Message({"metadata": metadata})) is None


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_that_is_no_probability_is_refused(threshold):
    with pytest.raises(InvalidConfigException, match="threshold"):
        LanguageIdentifier.validate_config({"threshold": threshold})


def test_a_month_that_two_languages_share_keeps_the_language_of_the_conversation():
    message, _ = identified("ar", 0.95, text="مارس 2025", metadata={"language": "fa"})
    assert entities(message) == []
