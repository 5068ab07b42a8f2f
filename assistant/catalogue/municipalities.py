"""The municipalities of Finland, from `data/catalogue/municipalities.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.catalogue.analysis import title_form
from assistant.settings import PROJECT_ROOT

DATA = PROJECT_ROOT / "data" / "catalogue"
ALAND = "20"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Municipality:
    """A municipality."""

    code: str
    name_fi: str
    name_sv: str
    region_code: str = ""
    region_fi: str = ""
    region_sv: str = ""
    website: Optional[str] = None
    fictional: bool = False

    def name(self, language: str) -> str:
        """The Swedish name in Swedish, else the Finnish name."""
        return self.name_sv if language == "sv" else self.name_fi

    @property
    def in_aland(self) -> bool:
        """True for the municipalities of the Åland Islands."""
        return self.region_code == ALAND


def read_yaml(path: Path) -> Any:
    """The content of a YAML file of the project."""
    return yaml.load(path.read_text(encoding="utf-8-sig"), _Loader)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Municipality]:
    data = read_yaml(DATA / "municipalities.yml")
    regions = {region["code"]: region for region in data["regions"]}
    found = {}
    for entry in data["municipalities"]:
        region = regions.get(entry.get("region"), {})
        found[entry["code"]] = Municipality(
            code=entry["code"],
            name_fi=entry["fi"],
            name_sv=entry["sv"],
            region_code=entry.get("region", ""),
            region_fi=region.get("fi", ""),
            region_sv=region.get("sv", ""),
            website=entry.get("website"),
        )
    demo = DATA / "demo.yml"
    if demo.exists():
        entry = read_yaml(demo)["municipality"]
        found[entry["code"]] = Municipality(
            entry["code"], entry["fi"], entry["sv"], website=entry["website"], fictional=True
        )
    return found


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Municipality]:
    names: dict[str, Municipality] = {}
    for entry in _by_code().values():
        for name in (entry.name_fi, entry.name_sv):
            names.setdefault(title_form(name), entry)
    return names


def municipalities() -> list[Municipality]:
    """Every municipality by Finnish name; the fictional one of the demonstration is last."""
    return sorted(_by_code().values(), key=lambda entry: (entry.fictional, entry.name_fi))


def municipality(code: Optional[str]) -> Optional[Municipality]:
    """The municipality of a code such as `091`; leading zeros may be missing."""
    code = (code or "").strip()
    return _by_code().get(code.zfill(3)) if code.isdigit() else None


def find_municipality(name: str) -> Optional[Municipality]:
    """The municipality of a Finnish or Swedish name or of a code, however it is capitalised."""
    return _by_name().get(title_form(name)) or municipality(name)
