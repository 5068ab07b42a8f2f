"""Channels of PTV and what a connection adds to them, in v7 to v11 and in v12."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Optional

from assistant.catalogue.importers.base import language_code, web_address
from assistant.catalogue.importers.ptv.common import CHANNEL_TYPES
from assistant.catalogue.importers.ptv.contacts import (
    POSTAL,
    addresses_of,
    addresses_v12,
    classification_of,
    emails_of,
    phones_of,
    postal_lines,
    postal_lines_v12,
    sentences_of,
    urls_of,
    with_lines,
)
from assistant.catalogue.importers.ptv.hours import hours_of, hours_v12
from assistant.catalogue.importers.ptv.texts import (
    display_names,
    language_versions,
    markdown,
    version_names,
    version_texts,
)
from assistant.catalogue.importers.values import (
    LANGUAGE,
    BadRecord,
    entries,
    key,
    languages_of,
    text,
    texts,
    truth,
)
from assistant.catalogue.model import Channel, Connection, LocalizedText, Phone

DELIVERY = {
    "fi": "Lomakkeen palautus",
    "sv": "Blanketten lämnas till",
    "en": "Return the form to",
}
FORM_NUMBER = {"fi": "Lomakkeen tunnus", "sv": "Blankettens beteckning", "en": "Form number"}


def _type(channel_id: str, data: dict[str, Any]) -> str:
    value = data.get("serviceChannelType")
    kind = CHANNEL_TYPES.get(key(value))
    if kind is None:
        raise BadRecord(f"unknown channel type {str(value)[:40]!r}", channel_id)
    return kind


# v7 to v11 ------------------------------------------------------------------------------------


def channel_v11(channel_id: str, data: dict[str, Any]) -> Channel:
    """A channel of any of the five types.

    Raises:
        BadRecord: if its type is not known, or it has no name.
    """
    kind = _type(channel_id, data)
    names = display_names(data.get("serviceChannelNames"), data.get("displayNameType"))
    if not names:
        raise BadRecord("it has no name in any language", channel_id)
    files = urls_of(data.get("channelUrls")) if kind == "form" else {}
    urls = {**urls_of(data.get("webPages"), data.get("webPage"), data.get("urls")), **files}
    said = data.get("serviceChannelDescriptions")
    descriptions = {
        **texts(said, ("summary", "shortdescription")),
        **texts(said, ("description", "")),
    }
    descriptions = _with_links(descriptions, urls, _links(data.get("attachments")))
    if kind == "form":
        numbers = {code: [word] for code, word in texts(data.get("formIdentifier")).items()}
        descriptions = with_lines(descriptions, FORM_NUMBER, numbers)
        delivery = _delivery(data.get("deliveryAddresses") or data.get("deliveryAddress"))
        descriptions = with_lines(descriptions, DELIVERY, delivery)
    descriptions = with_lines(descriptions, POSTAL, postal_lines(data.get("addresses")))
    accessibility = sentences_of(data.get("addresses"))
    for language, lines in classification_of(data).items():
        accessibility.setdefault(language, []).extend(lines)
    return Channel(
        id=channel_id,
        type=kind,
        names=names,
        urls=urls,
        phones=phones_of(data.get("phoneNumbers"), data.get("supportPhones")),
        addresses=addresses_of(data.get("addresses")),
        hours=hours_of(data.get("serviceHours")),
        languages=languages_of(data.get("languages")),
        descriptions=descriptions,
        emails=emails_of(data.get("emails"), data.get("supportEmails")),
        accessibility=accessibility,
        requires_authentication=truth(data.get("requiresAuthentication")),
    )


def connection_v11(connection: Connection, data: dict[str, Any]) -> Connection:
    """A connection with the hours and contacts that are special to it."""
    contacts = data.get("contactDetails")
    contacts = contacts if isinstance(contacts, dict) else {}
    return replace(
        connection,
        urls=urls_of(contacts.get("webPages")),
        phones=phones_of(contacts.get("phoneNumbers") or contacts.get("phones")),
        addresses=addresses_of(contacts.get("addresses")),
        hours=hours_of(data.get("serviceHours")),
    )


def _links(value: Any) -> Iterator[tuple[str, str, str]]:
    """(language, name, address) of attachments."""
    for item in entries(value):
        language = language_code(item.get("language")) or LANGUAGE
        url = web_address(item.get("url")) or web_address(item.get("value"))
        if url:
            yield language, text(item.get("name")) or text(item.get("description")), url


def _with_links(
    descriptions: LocalizedText, urls: LocalizedText, links: Iterator[tuple[str, str, str]]
) -> LocalizedText:
    """Attachments: the address of a channel that has none, else a line of its description."""
    lines: dict[str, list[str]] = {}
    for language, name, url in links:
        if urls.setdefault(language, url) != url:
            lines.setdefault(language, []).append(f"{name}: {url}" if name else url)
    return with_lines(descriptions, {}, lines)


def _delivery(value: Any) -> dict[str, list[str]]:
    """Where a form is sent, as one line an address and language."""
    found: dict[str, list[str]] = {}
    for item in entries(value):
        in_words = {
            **texts(item.get("deliveryAddressInText")),
            **texts(item.get("deliveryInformation")),
        }
        receivers = {**texts(item.get("receiver")), **texts(item.get("recipient"))}
        for field in ("receiver", "formReceiver"):
            if isinstance(item.get(field), str):
                receivers = {LANGUAGE: text(item[field])}
        place = postal_lines([{**item, "type": "Postal"}]) or postal_lines_v12(item)
        for language in dict.fromkeys([*in_words, *place, *receivers]):
            lines = place.get(language) or place.get(LANGUAGE) or [""]
            parts = (receivers.get(language), lines[0], in_words.get(language))
            found.setdefault(language, []).append(", ".join(part for part in parts if part))
    return found


# v12 ------------------------------------------------------------------------------------------


def channel_v12(channel_id: str, data: dict[str, Any]) -> Channel:
    """A v12 channel of any of the five types.

    Raises:
        BadRecord: if its type is not known, or it has no name.
    """
    kind = _type(channel_id, data)
    names = version_names(data)[0]
    if not names:
        raise BadRecord("it has no name in any language", channel_id)
    urls = urls_v12(data)
    descriptions = {
        **version_texts(data, ("summary",), markdown),
        **version_texts(data, ("description",), markdown),
    }
    links = [
        (language, name, url)
        for language, version in language_versions(data)
        for field in ("formFiles", "attachmentLinks", "attachments")
        for _, name, url in _links(version.get(field))
    ]
    descriptions = _with_links(descriptions, urls, iter(links))
    if kind == "form":
        numbers = version_texts(data, ("formIdentifier", "formNumber"))
        descriptions = with_lines(
            descriptions, FORM_NUMBER, {code: [word] for code, word in numbers.items()}
        )
        descriptions = with_lines(descriptions, DELIVERY, _delivery(data.get("deliveryAddresses")))
    descriptions = with_lines(descriptions, POSTAL, postal_lines_v12(data.get("contactAddresses")))
    return Channel(
        id=channel_id,
        type=kind,
        names=names,
        urls=urls,
        phones=phones_v12(data),
        addresses=addresses_v12(data.get("location")),
        hours=hours_v12(data.get("serviceHours")),
        languages=languages_of(data.get("serviceLanguages")),
        descriptions=descriptions,
        emails=_emails_v12(data),
        accessibility=_accessibility_v12(data),
        requires_authentication=_authentication(data),
    )


def connection_v12(connection: Connection, data: dict[str, Any]) -> Connection:
    """A v12 connection with the hours and contacts that are special to it."""
    return replace(
        connection,
        urls=urls_v12(data),
        phones=phones_v12(data),
        addresses=addresses_v12(data.get("location")),
        hours=hours_v12(data.get("serviceHours")),
    )


def urls_v12(data: dict[str, Any]) -> LocalizedText:
    """The web addresses of the language versions of a v12 record."""
    found: LocalizedText = {}
    for language, version in language_versions(data):
        pages = [version.get(name) for name in ("webAddress", "contactWebPages", "webPages")]
        found.update(urls_of(*pages, language=language))
    return found


def phones_v12(data: dict[str, Any]) -> list[Phone]:
    """The telephones of the language versions of a v12 record, each once."""
    found: dict[str, Phone] = {}
    names = ("phoneNumbers", "contactPhoneNumbers", "supportPhoneNumbers")
    for language, version in language_versions(data):
        for phone in phones_of(*(version.get(name) for name in names), language=language):
            known = found.setdefault(phone.number, phone)
            known.charge = phone.charge if known.charge == "unknown" else known.charge
            known.label = {**phone.label, **known.label}
            known.charge_info = {**phone.charge_info, **known.charge_info}
    return list(found.values())


def _emails_v12(data: dict[str, Any]) -> list[str]:
    names = ("emails", "contactEmails", "supportEmails")
    return emails_of(
        *(version.get(name) for _, version in language_versions(data) for name in names)
    )


def _accessibility_v12(data: dict[str, Any]) -> dict[str, list[str]]:
    found = classification_of(data)
    for language, version in language_versions(data):
        said = classification_of({**version, "language": language})
        for code, lines in said.items():
            known = found.setdefault(code, [])
            known += [line for line in lines if line not in known]
    return found


def _authentication(data: dict[str, Any]) -> Optional[bool]:
    said = key(data.get("electronicIdentification"))
    if said in ("required", "notrequired"):
        return said == "required"
    return truth(data.get("requiresAuthentication"))
