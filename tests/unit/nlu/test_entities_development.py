"""The entities of the development messages, which the lists may be tuned on."""

import json

import pytest

from assistant.evaluation.entity_scores import score
from assistant.nlu.districts import with_municipalities
from assistant.nlu.gazetteers import Gazetteers
from assistant.settings import PROJECT_ROOT

MESSAGES = PROJECT_ROOT / "tests" / "nlu" / "development" / "entities.jsonl"


@pytest.fixture(scope="module")
def pairs() -> list:
    gazetteers = Gazetteers.load()
    result = []
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = with_municipalities(
            gazetteers.find(row["text"], row["lang"]), gazetteers.municipality_of
        )
        entities = [{"entity": one.entity, "value": one.value} for one in found]
        result.append((row, {"entities": entities}))
    return result


@pytest.mark.parametrize(
    ("entity", "gate"),
    [
        ("municipality", 0.97),
        ("district", 0.9),
        ("child_age", 0.9),
        ("school_class", 0.9),
        ("date", 0.9),
        ("language", 0.9),
    ],
)
def test_an_entity_of_the_development_messages_is_found(pairs, entity, gate):
    assert score(pairs, entity).f1 >= gate
