"""The project's own catalogue: national services, every municipality, a demonstration.

The texts are English in `data/catalogue/*.yml` and translated through the message catalogues. A
language into which a text is not translated is left out, so that a card can say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from assistant.catalogue.hours import parse_hours
from assistant.catalogue.importers.base import Reading, slug
from assistant.catalogue.model import (
    LIMITED,
    Address,
    Area,
    Batch,
    Channel,
    Connection,
    Hours,
    HoursRule,
    LocalizedText,
    Organization,
    Phone,
    Service,
    Source,
    clean,
)
from assistant.catalogue.municipalities import DATA, municipalities, read_yaml
from assistant.i18n import SERVED, marked, translator

SOURCES = DATA.parent / "guidance" / "sources.yml"

CONTACT_NAME = marked("Services of your municipality")
CONTACT_SUMMARY = marked(
    "Your municipality gives advice about its services."
    " Look for the contact details on its website."
)
FICTIONAL = marked("fictional example")
FIXED_TEXTS = (CONTACT_NAME, CONTACT_SUMMARY, FICTIONAL)

MUNICIPALITY_SOURCE = Source(
    "Suomi.fi Finnish Service Catalogue, list of municipalities",
    "https://github.com/vrk-kpa/ptv-releases",
)
DEMO_SOURCE = Source("Fictional example data of Kuntaopas")
MUNICIPALITIES_CHECKED = "2026-11-24"
#: What every municipality serves itself, or can tell who does.
MUNICIPAL_TOPICS = (
    "early_childhood_education",
    "basic_education",
    "training_and_language_courses",
    "housing",
    "leisure",
    "employment_services",
    "starting_a_business",
    "initial_assessment",
    "integration_plan",
    "language_and_interpreters",
    "human_contact",
)
#: Own keywords are in several languages at once: they are searched in these.
KEYWORD_LANGUAGES = ("en", "fi", "sv")

DATASETS = ("national", "municipalities", "demo")


def translations(message: Optional[str]) -> LocalizedText:
    """A text in every served language into which it is translated."""
    if not message:
        return {}
    known = (translator(language) for language in SERVED)
    return clean({item.language: item.gettext(message) for item in known if item.has(message)})


def read(dataset: str, folder: Path = DATA) -> Reading:
    """One of the `DATASETS` of the own catalogue."""
    reading = Reading(Batch(whole_services=True))
    if dataset == "municipalities":
        _read_municipalities(reading)
    elif dataset == "national":
        _read_national(reading, folder / "national.yml")
    else:
        _read_demo(reading, folder / "demo.yml")
    return reading


def _read_national(reading: Reading, path: Path) -> None:
    sources = {str(item["id"]): item for item in read_yaml(SOURCES)} if SOURCES.exists() else {}
    for item in read_yaml(path) if path.exists() else ():
        reading.read += 1
        record = f"{path.name}: {item.get('id')}"
        source = sources.get(str(item.get("source")))
        if item.get("status") == "check":
            reading.skip(record, "not verified (status check)")
        elif source is None:
            reading.skip(record, f"its source {item.get('source')} is not in sources.yml")
        else:
            service = _service(item, Source(source["title"], source["url"]))
            _add(reading, service, item)


def _read_municipalities(reading: Reading) -> None:
    names, summaries = translations(CONTACT_NAME), translations(CONTACT_SUMMARY)
    for entry in municipalities():
        if entry.fictional:
            continue  # it has an advice point of its own
        reading.read += 1
        organization = Organization(
            id=f"own:organization:{entry.code}",
            names={"fi": entry.name_fi, "sv": entry.name_sv},
            type="municipality",
            municipality=entry.code,
            urls={"fi": entry.website} if entry.website else {},
        )
        reading.batch.organizations.append(organization)
        reading.batch.services.append(
            Service(
                id=f"own:service:municipality-{entry.code}",
                names=dict(names),
                summaries=dict(summaries),
                source=MUNICIPALITY_SOURCE,
                checked=MUNICIPALITIES_CHECKED,
                topics=list(MUNICIPAL_TOPICS),
                needs=["human_contact/talk_to_person"],
                keywords={"fi": [entry.name_fi], "sv": [entry.name_sv]},
                area=Area(LIMITED, [entry.code]),
                organization_id=organization.id,
                fallback=True,
            )
        )


def _fictional_names(name_fi: str, name_sv: str) -> LocalizedText:
    return {
        language: f"{name_sv if language == 'sv' else name_fi} ({note})"
        for language, note in translations(FICTIONAL).items()
    }


def _read_demo(reading: Reading, path: Path) -> None:
    if not path.exists():
        return
    data = read_yaml(path)
    home, about = data["municipality"], data["organization"]
    organization = Organization(
        id=f"own:organization:{about['id']}",
        names=_fictional_names(home["fi"], home["sv"]),
        summaries=translations(about["summary"]),
        type="municipality",
        municipality=home["code"],
        urls={"fi": home["website"]},
        phones=[Phone(about["phone"])],
    )
    reading.batch.organizations.append(organization)
    for item in data["services"]:
        reading.read += 1
        service = _service({**item, "checked": data["checked"]}, DEMO_SOURCE)
        service.area = Area(LIMITED, [home["code"]])
        service.organization_id = organization.id
        service.fictional = True
        _add(reading, service, item, data)


def _service(item: dict[str, Any], source: Source) -> Service:
    keywords = [str(word) for word in item.get("keywords") or ()]
    needs = list(item.get("needs") or ())
    return Service(
        id=f"own:service:{slug(str(item['id']))}",
        names=translations(item["name"]),
        summaries=translations(item.get("summary")),
        source=source,
        checked=str(item["checked"]),
        kind=item.get("kind", "service"),
        topics=list(dict.fromkeys([*item["topics"], *(need.split("/")[0] for need in needs)])),
        needs=needs,
        keywords=dict.fromkeys(KEYWORD_LANGUAGES, keywords) if keywords else {},
        charge=item.get("cost") or "unknown",
        languages=[str(code) for code in item.get("languages") or ()],
    )


def _add(
    reading: Reading, service: Service, item: dict[str, Any], town: Optional[dict[str, Any]] = None
) -> None:
    reading.batch.services.append(service)
    for channel in _channels(service, item, town or {}):
        reading.batch.channels.append(channel)
        reading.batch.connections.append(Connection(service.id, channel.id))


def _channels(service: Service, item: dict[str, Any], town: dict[str, Any]) -> Iterable[Channel]:
    base = service.id.replace(":service:", ":channel:")
    phones = [
        Phone(
            str(phone["number"]),
            translations(phone.get("label")),
            phone.get("charge") or "unknown",
        )
        for phone in item.get("phones") or ()
    ]
    hours = _hours(item, town)
    place = item.get("location")
    if place:
        yield Channel(
            id=f"{base}-location",
            type="location",
            names=dict(service.names),
            phones=phones,
            addresses=[
                Address(
                    street={"fi": place["street_fi"], "sv": place["street_sv"]},
                    postal_code=town["postal_code"],
                    city=town["city"],
                    municipality=town["municipality"]["code"],
                    latitude=place["latitude"],
                    longitude=place["longitude"],
                )
            ],
            hours=hours,
        )
    elif phones:
        yield Channel(id=f"{base}-phone", type="phone", phones=phones, hours=hours)
    for kind, key in (("web", "url"), ("eservice", "e_service_url"), ("form", "form_url")):
        if item.get(key):
            yield Channel(id=f"{base}-{kind}", type=kind, urls={"fi": item[key]})


def _hours(item: dict[str, Any], town: dict[str, Any]) -> Hours:
    text = item.get("hours")
    hours = parse_hours(str(text)) if text else None
    if hours is None:
        return Hours()
    hours.rules += [
        HoursRule(valid_from=str(day), valid_to=str(day), closed=True, exception=True)
        for day in town.get("closed", ())
    ]
    return hours
