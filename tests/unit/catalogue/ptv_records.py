"""Records of PTV for tests, written by hand after the field lists of its data models."""

import json

from assistant.catalogue.importers.ptv.importer import read

SERVICE_ID = "11111111-1111-1111-1111-111111111111"
PLACE_ID = "22222222-2222-2222-2222-222222222222"
TOWN_ID = "33333333-3333-3333-3333-333333333333"
GENERAL_ID = "44444444-4444-4444-4444-444444444444"


def said(value, language="fi", **more):
    return {"language": language, "value": value, **more}


def v11_service(**fields):
    return {
        "id": SERVICE_ID,
        "type": "Service",
        "serviceNames": [said("Neuvonta", type="Name")],
        "serviceDescriptions": [said("Autamme.", type="Summary")],
        "areaType": "LimitedType",
        "areas": [{"type": "Municipality", "code": "853", "municipalities": [{"code": "853"}]}],
        "languages": ["fi"],
        "publishingStatus": "Published",
        **fields,
    }


def v11_channel(kind="ServiceLocation", **fields):
    return {
        "id": PLACE_ID,
        "serviceChannelType": kind,
        "serviceChannelNames": [said("Palvelupiste", type="Name")],
        "publishingStatus": "Published",
        **fields,
    }


def v11_organization(**fields):
    return {
        "id": TOWN_ID,
        "organizationType": "Municipality",
        "organizationNames": [said("Turun kaupunki", type="Name")],
        "municipality": {"code": "853"},
        "publishingStatus": "Published",
        **fields,
    }


def v12_service(**fields):
    return {
        "contentId": SERVICE_ID,
        "organizationContentId": TOWN_ID,
        "generalDescriptionContentId": None,
        "targetGroups": ["KR1"],
        "lifeEvents": [],
        "serviceClasses": ["P22.3"],
        "ontologyTerms": ["http://www.yso.fi/onto/koko/p1"],
        "industrialClasses": [],
        "producers": {},
        "otherResponsibleOrganizations": [],
        "chargeType": "Free",
        "fundingType": "PubliclyFunded",
        "serviceLanguages": ["fi", "ar"],
        "area": {"areaType": "LimitedArea", "municipalities": ["853"], "regions": []},
        "publishedAt": "2026-11-01T22:30:00Z",
        "serviceType": "Service",
        "languageVersions": {
            "fi": {"name": "Suomen kurssi", "summary": "Opi suomea.", "description": "**Opi**."},
            "sv": {"name": "", "summary": ""},
        },
        **fields,
    }


def v12_channel(kind="ServiceLocation", version=None, **fields):
    return {
        "contentId": PLACE_ID,
        "organizationContentId": TOWN_ID,
        "serviceChannelType": kind,
        "allowedConnectionType": "CommonForAll",
        "serviceLanguages": ["fi"],
        "area": None,
        "publishedAt": None,
        "languageVersions": {"fi": {"name": "Opisto", **(version or {})}},
        **fields,
    }


def v12_connection(**fields):
    return {"serviceContentId": SERVICE_ID, "channelContentId": PLACE_ID, **fields}


def v12_organization(**fields):
    return {
        "contentId": TOWN_ID,
        "organizationType": "Municipality",
        "businessId": "0204819-8",
        "area": {"areaType": "LimitedArea", "municipalities": ["853"]},
        "languageVersions": {"fi": {"name": "Turun kaupunki"}, "en": {"name": "City of Turku"}},
        **fields,
    }


def read_records(tmp_path, *records, municipality=None):
    """What the importer reads from a file with these records."""
    path = tmp_path / "records.json"
    path.write_text(json.dumps(list(records)), encoding="utf-8")
    return read(str(path), municipality)


def is_accounted_for(reading):
    """True when every record was kept or is listed with a reason."""
    return reading.read == len(reading.batch.counted()) + len(reading.skipped)
