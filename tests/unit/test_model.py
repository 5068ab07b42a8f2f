"""Whether a trained model can be used as it is."""

import json
import logging

import pytest

from assistant import model
from assistant.model import ModelError, fingerprint, state, train, usable
from assistant.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", models=tmp_path / "models")


@pytest.fixture
def trained(settings):
    """Writes a model and its note; parts of the note can be changed."""

    def write(**changes):
        settings.models.mkdir(exist_ok=True)
        (settings.models / "kuntaopas.tar.gz").write_bytes(b"model")
        note = {
            "fingerprint": fingerprint(),
            "versions": model._versions(),
            "encoder": settings.encoder,
            **changes,
        }
        (settings.models / "kuntaopas.json").write_text(json.dumps(note))

    return write


def test_a_model_of_the_present_data_is_fresh(settings, trained):
    trained()
    assert state(settings).fresh


def test_a_missing_model_is_not_usable(settings):
    assert state(settings).reason == "there is no trained model"
    with pytest.raises(ModelError, match="no trained model: run `kuntaopas train`"):
        usable(settings)


@pytest.mark.parametrize(
    "change", [{"versions": {"rasa": "1.0"}}, {"encoder": "other"}, {"versions": None}]
)
def test_a_model_of_another_version_is_not_usable(settings, trained, change):
    trained(**change)
    with pytest.raises(ModelError, match="trained by another version: run `kuntaopas train`"):
        usable(settings)


def test_a_model_of_changed_data_is_used_with_a_warning(settings, trained, caplog):
    trained(fingerprint="other")
    with caplog.at_level(logging.WARNING):
        assert usable(settings) == settings.models / "kuntaopas.tar.gz"
    assert "the training data has changed: run `kuntaopas train`" in caplog.text


@pytest.mark.parametrize("note", [None, "", "{", "\x00"])
def test_a_model_without_a_readable_note_is_not_fresh(settings, trained, note):
    trained()
    path = settings.models / "kuntaopas.json"
    path.unlink() if note is None else path.write_text(note)
    assert state(settings).reason == "it is not known what the model was trained from"


@pytest.mark.parametrize("note", ["[]", "5", "null"])
def test_a_note_of_another_form_is_not_fresh(settings, trained, note):
    trained()
    (settings.models / "kuntaopas.json").write_text(note)
    assert not state(settings).fresh


def test_a_fresh_model_is_not_trained_again(settings, trained):
    trained()
    assert train(settings) == settings.models / "kuntaopas.tar.gz"
    assert (settings.models / "kuntaopas.tar.gz").read_bytes() == b"model"


@pytest.fixture
def data(tmp_path):
    root = tmp_path / "project"
    (root / "data" / "nlu" / "en").mkdir(parents=True)
    (root / "data" / "languages").mkdir()
    (root / "assistant" / "nlu").mkdir(parents=True)
    (root / "config.yml").write_text("a: 1")
    (root / "data" / "nlu" / "en" / "housing.yml").write_text("nlu: []")
    return root


@pytest.mark.parametrize(
    "path",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/en/housing.yml",
        "data/nlu/en/new.yml",
        "data/languages/languages.yml",
        "data/languages/sq.txt",
        "assistant/nlu/a.py",
    ],
)
def test_a_change_of_anything_that_is_trained_from_changes_the_fingerprint(data, path):
    before = fingerprint(data)
    (data / path).write_text("changed: 1")
    assert fingerprint(data) != before


@pytest.mark.parametrize(
    "path",
    ["README.md", "data/notes.txt", "assistant/nlu/a.pyc", "data/languages/glossary.yml"],
)
def test_a_change_of_anything_else_does_not(data, path):
    before = fingerprint(data)
    (data / path).write_text("changed")
    assert fingerprint(data) == before


def test_a_file_that_moves_changes_the_fingerprint(data):
    before = fingerprint(data)
    (data / "data" / "nlu" / "en" / "housing.yml").rename(data / "data" / "nlu" / "en" / "home.yml")
    assert fingerprint(data) != before
