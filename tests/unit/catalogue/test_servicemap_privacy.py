import json

import pytest

from assistant.catalogue.importers.servicemap import importer as servicemap
from assistant.catalogue.importers.servicemap.privacy import office_address, without_persons
from assistant.catalogue.model import to_json, unpacked

from .conftest import shared


def test_no_contact_person_of_the_samples_reaches_the_catalogue_or_its_payloads():
    folder = shared("data", "servicemap", "hauki")
    reading = servicemap.read(str(folder), None)
    batch = reading.batch
    everything = "".join(map(to_json, [*batch.services, *batch.channels, *batch.organizations]))
    everything += "".join(json.dumps(unpacked(item)) for item in batch.payloads.values())
    for trace in ("Teppo", "Testinen", "teppo@hel.fi", "Kalle Kallio", "Oona", "johtaja@"):
        assert trace not in everything
    assert "venepaikkavaraukset@hel.fi" in everything


@pytest.mark.parametrize(
    "address, kept",
    [
        ("etunimi.sukunimi@hel.fi", ""),
        ("kallion_kirjasto@hel.fi", "kallion_kirjasto@hel.fi"),
        ("pk.lappi@hel.fi", "pk.lappi@hel.fi"),
        ("lappi.virtanen@hel.fi", ""),
        ("matti.meikalainen(at)hel.fi", ""),
    ],
)
def test_an_address_made_of_the_name_of_the_place_is_of_the_office(address, kept):
    assert office_address(address, frozenset(("paivakoti", "lappi"))) == kept


def test_an_address_inside_a_text_is_taken_out_with_the_text_left():
    data = {"desc_fi": "Kysy: matti.meikalainen@espoo.fi tai info@espoo.fi."}
    assert without_persons(data)["desc_fi"] == "Kysy:  tai info@espoo.fi."


def test_the_name_of_the_contact_person_is_taken_out_of_the_other_texts():
    data = {
        "contact_person": "Meikäläinen Maija",
        "name_fi": "Johtaja Maija Meikäläinen",
        "email": "toimisto@espoo.fi",
        "phone": "09 123 4567",
    }
    assert without_persons(data) == {
        "name_fi": "Johtaja",
        "email": "",
        "phone": "09 123 4567",
    }


def test_a_record_nested_too_deep_or_with_odd_keys_is_no_reason_to_stop():
    data = {"a": {}}
    inner = data["a"]
    for _ in range(50):
        inner["a"] = {}
        inner = inner["a"]
    assert without_persons(data)["a"]
    assert without_persons({"email": ["x@y.fi"], "b": (1,)})["b"] == (1,)
