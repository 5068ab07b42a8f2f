"""Training phrases are read by folder, and a broken file is named."""

from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException

from assistant.nlu.importer import LanguageFolderImporter, TrainingPhrase, read_phrases

GOOD = """\
version: "3.1"
nlu:
- intent: housing/private_rental
  examples: |
    - I need a flat
    - a room
- intent: affirm
  examples: |
    - yes
"""


def written(folder: Path, content: str, language: str = "en") -> Path:
    path = folder / "nlu" / language / "housing.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_phrases_are_read_with_intent_and_language(tmp_path):
    assert read_phrases(written(tmp_path, GOOD)) == (
        ("I need a flat", "housing/private_rental", "en"),
        ("a room", "housing/private_rental", "en"),
        ("yes", "affirm", "en"),
    )


def test_a_changed_file_is_read_again(tmp_path):
    path = written(tmp_path, GOOD)
    read_phrases(path)
    path.write_text(GOOD.replace("a room", "a studio"), encoding="utf-8")
    import os

    os.utime(path, ns=(1, 1))
    assert "a studio" in [text for text, _, _ in read_phrases(path)]


def test_a_folder_that_is_no_served_language_is_named(tmp_path):
    with pytest.raises(InvalidConfigException, match="not a served language"):
        read_phrases(written(tmp_path, GOOD, "xx"))


@pytest.mark.parametrize(
    "content",
    ["nlu: [", "", "nlu:\n- intent: a\n", "nlu:\n- examples: |\n    - x\n", "nlu: 5", "- a\n- b\n"],
)
def test_a_file_that_holds_no_phrases_is_one_clear_line(tmp_path, content):
    path = written(tmp_path, content)
    with pytest.raises(InvalidConfigException, match="not a file of training phrases") as caught:
        read_phrases(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf_8_is_one_clear_line(tmp_path):
    path = written(tmp_path, GOOD)
    path.write_bytes(GOOD.replace("a room", "ä").encode("latin-1"))
    with pytest.raises(InvalidConfigException, match="not a file of training phrases"):
        read_phrases(path)


@pytest.mark.parametrize("phrase", ["I live in [Espoo](municipality)", "/housing"])
def test_annotations_and_payloads_are_refused(tmp_path, phrase):
    with pytest.raises(InvalidConfigException, match="has an annotation"):
        read_phrases(written(tmp_path, GOOD.replace("a room", phrase)))


def test_a_training_phrase_knows_its_language_topic_and_need(tmp_path):
    written(tmp_path, GOOD)
    first = LanguageFolderImporter(training_data_paths=str(tmp_path)).get_nlu_data()
    example = first.training_examples[0]
    assert example.get("metadata") == {"intent": {"language": "en"}}
    assert (example.get("intent"), example.get("intent_response_key")) == (
        "housing",
        "housing/private_rental",
    )


def test_files_outside_the_nlu_folder_are_no_phrases(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yml").write_text("rules: []", encoding="utf-8")
    importer = LanguageFolderImporter(training_data_paths=[str(tmp_path)])
    assert not importer.get_nlu_data().training_examples


def test_phrases_of_other_text_or_language_have_other_fingerprints():
    def fingerprint(text: str, language: str) -> str:
        metadata = {"language": language}
        return TrainingPhrase.build(text, "affirm", intent_metadata=metadata).fingerprint()

    prints = {fingerprint(*one) for one in [("yes", "en"), ("no", "en"), ("yes", "fi")]}
    assert len(prints) == 3
    assert fingerprint("yes", "en") in prints


def test_a_domain_that_is_missing_in_the_settings_is_empty():
    assert LanguageFolderImporter().get_domain().is_empty()


def test_a_config_that_is_not_given_is_empty():
    assert LanguageFolderImporter().get_config() == {}
