"""What the importers share: the report, what a source gives, and cleaning of values."""

from __future__ import annotations

import dataclasses
import html
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.analysis import fold
from assistant.catalogue.model import Batch, LocalizedText, Service, clean, packed
from assistant.errors import KuntaopasError

MAX_TEXT = 10_000
MAX_LISTED = 50

#: Range of ETRS-TM35FIN (EPSG:3067) coordinates in Finland, with a margin.
NORTHING = (6_500_000.0, 7_900_000.0)
EASTING = (40_000.0, 800_000.0)
LATITUDE = (59.0, 70.5)
LONGITUDE = (19.0, 32.0)


#: Control characters but for line ends and tabs, and halves of surrogate pairs.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class ImportFailed(KuntaopasError):
    """Nothing could be imported; the message is one clear line with the name of the file."""


@dataclass(frozen=True)
class Skipped:
    """A record that was not imported."""

    record: str
    reason: str


@dataclass
class ImportReport:
    """What an import did. `kept` are the good records, new or known: changed + unchanged."""

    source: str
    dataset: str
    read: int = 0
    kept: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dry_run: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values."""
        return dataclasses.asdict(self)

    def summary(self) -> str:
        """The report in words: one line of numbers, then each skipped record and remark."""
        numbers = ("read", "kept", "changed", "unchanged", "withdrawn")
        line = ", ".join(f"{getattr(self, name)} {name}" for name in numbers)
        lines = [f"{self.source} ({self.dataset}): {line}, {len(self.skipped)} skipped"]
        if self.dry_run:
            lines[0] += "; nothing was stored"
        lines += [f"  skipped {item.record}: {item.reason}" for item in self.skipped[:MAX_LISTED]]
        if len(self.skipped) > MAX_LISTED:
            lines.append(f"  and {len(self.skipped) - MAX_LISTED} more skipped")
        return "\n".join(lines + [f"  {note}" for note in self.notes])


@dataclass
class Reading:
    """What an importer has read from its source.

    Attributes:
        batch: the good records.
        read: how many records there were.
        skipped: those that were not good, with reasons.
        seen: ids of skipped records, which are therefore not withdrawn.
        complete: false if a part is missing, so that nothing is withdrawn.
        notes: remarks that concern no single record.
        pages: for a list in pages: number of pages -> (file, page) that were found.
        service_index: the services of the batch by id.
    """

    batch: Batch = field(default_factory=Batch)
    read: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    complete: bool = True
    notes: list[str] = field(default_factory=list)
    pages: dict[int, set[tuple[str, int]]] = field(default_factory=dict)
    service_index: dict[str, Service] = field(default_factory=dict)

    def skip(self, record: str, reason: str, record_id: Optional[str] = None) -> None:
        """Leave a record out."""
        self.skipped.append(Skipped(record, reason))
        if record_id is not None:
            self.seen.add(record_id)

    def keep_payload(self, record_id: str, payload: Any) -> None:
        """Keep what the source says of a record, so that it can be read again later."""
        self.batch.payloads[record_id] = packed(payload)


def plain_text(value: Any) -> str:
    """A text without markup and control characters."""
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    text = str(value)
    if "<" in text:
        text = re.sub(r"<(br|/p|/li|/div|/h\d)\b[^>]*>", "\n", text, flags=re.IGNORECASE)
        text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("\r", "")
    text = _CONTROL.sub("", text)
    return text.replace("\u00a0", " ").strip()[:MAX_TEXT]


def web_address(value: Any) -> str:
    """A web address that is safe to open, or an empty text."""
    url = plain_text(value).split("\n")[0].strip()
    if re.match(r"^(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?$", url) and "@" not in url:
        url = f"https://{url}"
    return url if re.match(r"^https?://[^\s/]+\.[^\s]+$", url, re.IGNORECASE) else ""


#: Words in the addresses of offices. Other addresses that look like a name are of a person.
OFFICE_WORDS = re.compile(
    r"info|asia|palvel|neuvon|toimisto|kirja|posti|post|mail|office|kunta|kaupunki|stad|service|"
    r"kansli|registr|help|tuki|support|koulu|skola|school|paivakot|daghem|museo|museum|opisto|"
    r"liikunta|nuoriso|sport|tyollisyys|maahanmuut|kotoutu|international|welcome|contact|yhteys|"
    r"varau|bokning|booking|tila|hallinto|admin|team|tiimi|keskus|center|centre|lasku|oppilai"
)


def office_email(value: Any) -> str:
    """An e-mail address of an office; empty for anything else.

    Addresses of persons are personal data and are dropped: `firstname.lastname@` and the like,
    unless a word of `OFFICE_WORDS` says that it is an office.
    """
    text = plain_text(value).lower().removeprefix("mailto:").strip()
    match = re.fullmatch(r"([a-z0-9äöå._%+-]+)@[a-z0-9.-]+\.[a-z]{2,}", text)
    if match is None:
        return ""
    name = fold(match.group(1))
    personal = re.search(r"[a-z]{2,}[._-][a-z]{2,}", name) is not None
    return "" if personal and not OFFICE_WORDS.search(name) else text


def localized(items: Any, kind: Optional[str] = None, **options: Any) -> LocalizedText:
    """The texts of a list of `{language, value, type}`, those of one type if it is given."""
    key = options.get("key", "value")
    convert = options.get("convert", plain_text)
    found: dict[str, str] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and (kind is None or item.get("type") == kind):
            language = language_code(item.get("language"))
            text = convert(item.get(key))
            if text and language:
                found.setdefault(language, text)
    return clean(found)


def language_code(value: Any) -> str:
    """`fi` of `fi`, `FI` and `fi-FI`; empty if it is not a code."""
    code = str(value or "").strip().replace("_", "-").split("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def slug(text: str) -> str:
    """A short name for a data set or a record."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text.casefold())).strip("-")[:80]


def wgs84(latitude: Any, longitude: Any) -> Optional[tuple[float, float]]:
    """(latitude, longitude) of coordinates in ETRS-TM35FIN or WGS84; None if out of Finland."""
    first, second = _number(latitude), _number(longitude)
    if first is None or second is None:
        return None
    for a, b in ((first, second), (second, first)):
        if _within(a, NORTHING) and _within(b, EASTING):
            lon, lat = _transformer().transform(b, a)
            if _within(lat, LATITUDE) and _within(lon, LONGITUDE):
                return round(lat, 6), round(lon, 6)
            return None
        if _within(a, LATITUDE) and _within(b, LONGITUDE):
            return round(a, 6), round(b, 6)
    return None


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _number(value: Any) -> Optional[float]:
    try:
        return float(str(value).strip().replace(",", ".").replace(" ", ""))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _transformer() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:3067", "EPSG:4326", always_xy=True)
