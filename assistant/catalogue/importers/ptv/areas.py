"""Areas of PTV, expanded to the municipalities in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.analysis import title_form
from assistant.catalogue.importers.values import entries, key, municipality_code, texts
from assistant.catalogue.model import LIMITED, NATIONWIDE, NATIONWIDE_EX_ALAND, Area
from assistant.catalogue.municipalities import DATA, municipality, read_yaml

SCOPES = {
    "nationwide": NATIONWIDE,
    "wholecountry": NATIONWIDE,
    "nationwideexceptalandislands": NATIONWIDE_EX_ALAND,
    "wholecountryexceptalandislands": NATIONWIDE_EX_ALAND,
    "wholecountryexceptaland": NATIONWIDE_EX_ALAND,
    "limitedtype": LIMITED,
    "areatype": LIMITED,
    "limitedarea": LIMITED,
}
#: Every spelling of an area type, v7 to v12, to the lists of `areas.yml`.
AREA_TYPES = {
    "region": "regions",
    "regions": "regions",
    "province": "regions",
    "provinces": "regions",
    "businesssubregion": "business_subregions",
    "businesssubregions": "business_subregions",
    "businessregion": "business_subregions",
    "businessregions": "business_subregions",
    "hospitaldistrict": "hospital_districts",
    "hospitaldistricts": "hospital_districts",
    "hospitalregion": "hospital_districts",
    "hospitalregions": "hospital_districts",
    "wellbeingservicecounty": "wellbeing_services_counties",
    "wellbeingservicecounties": "wellbeing_services_counties",
    "wellbeingservicescounty": "wellbeing_services_counties",
    "wellbeingservicescounties": "wellbeing_services_counties",
}


@lru_cache(maxsize=1)
def _areas() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = read_yaml(DATA / "areas.yml")
    return found


@lru_cache(maxsize=1)
def _members() -> dict[tuple[str, str], tuple[str, ...]]:
    """Codes of municipalities by (list, code of the area) and by (list, name of the area)."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind, areas in _areas().items():
        for area in areas:
            # A code list may still know a municipality that the guide does not.
            codes = tuple(code for code in area["municipalities"] if municipality(code))
            found[kind, _plain_code(area["code"])] = codes
            found.setdefault((kind, title_form(area["fi"])), codes)
    return found


def _plain_code(value: Any) -> str:
    return str(value).strip().lstrip("0")


def expand(kind: Any, value: Any) -> tuple[str, ...]:
    """The municipalities of an area of any type.

    Args:
        kind: type of the area in any spelling; `Municipality` is one of them.
        value: code of the area, or its Finnish name.
    """
    wanted = key(kind)
    if wanted in ("municipality", "municipalities"):
        code = municipality_code(value)
        return (code,) if code else ()
    name = AREA_TYPES.get(wanted)
    if name is None or isinstance(value, (dict, list, bool)) or value is None:
        return ()
    members = _members()
    return members.get((name, _plain_code(value))) or members.get(
        (name, title_form(str(value))), ()
    )


def areas_of(code: str, kind: str) -> list[str]:
    """The codes of the areas that a municipality is in.

    Args:
        code: of the municipality.
        kind: a list of `areas.yml`, such as `regions`.
    """
    return [area["code"] for area in _areas()[kind] if code in area["municipalities"]]


class AreaReader:
    """Reads areas, and remembers those whose municipalities are not known."""

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}

    def v11(self, data: dict[str, Any]) -> Optional[Area]:
        """The area of a v7 to v11 record; None if it names none that can be found."""
        scope = SCOPES.get(key(data.get("areaType")))
        if scope in (NATIONWIDE, NATIONWIDE_EX_ALAND):
            return Area(scope)
        codes: list[str] = []
        for area in entries(data.get("areas")):
            codes += self._listed(area)
        return Area(LIMITED, sorted(set(codes))) if codes else None

    def v12(self, data: Any) -> Optional[Area]:
        """The area of a v12 record: `{areaType, municipalities, regions, ...}` or null."""
        if not isinstance(data, dict):
            return None
        scope = SCOPES.get(key(data.get("areaType")))
        if scope in (NATIONWIDE, NATIONWIDE_EX_ALAND):
            return Area(scope)
        codes: list[str] = []
        for kind, value in data.items():
            if key(kind) == "municipalities" or key(kind) in AREA_TYPES:
                for code in value if isinstance(value, list) else [value]:
                    codes += self._expanded(kind, code)
        return Area(LIMITED, sorted(set(codes))) if codes else None

    def _listed(self, area: dict[str, Any]) -> Iterator[str]:
        listed = area.get("municipalities")
        members = [municipality_code(item) for item in listed] if isinstance(listed, list) else []
        known = [code for code in members if code]
        if known:
            yield from known
            return
        values = area.get("areaCodes")
        codes = values if isinstance(values, list) else [area.get("code")]
        names = list(texts(area.get("name")).values())
        found = [code for value in codes for code in expand(area.get("type"), value)]
        found = found or [code for name in names for code in expand(area.get("type"), name)]
        if not found:
            self._note(area.get("type"), area.get("code") or names or values)
        yield from found

    def _expanded(self, kind: str, value: Any) -> tuple[str, ...]:
        value = value.get("code") if isinstance(value, dict) else value
        found = expand(kind, value)
        if not found and value is not None:
            self._note(kind, value)
        return found

    def _note(self, kind: Any, value: Any) -> None:
        name = f"{kind} {value}"[:80]
        self.unknown[name] = self.unknown.get(name, 0) + 1

    def notes(self) -> Iterator[str]:
        """A remark on each area that is not known."""
        for name, count in sorted(self.unknown.items()):
            yield f"area {name} is not known ({count} records)"
