"""The service catalogue: its model, store, search, importers and cards."""

from assistant.catalogue.build import ensure_own_catalogue
from assistant.catalogue.cards import card, hit_card
from assistant.catalogue.importers import ImportFailed, ImportReport, import_source
from assistant.catalogue.model import Service
from assistant.catalogue.municipalities import (
    Municipality,
    find_municipality,
    municipalities,
    municipality,
)
from assistant.catalogue.national import national_cards
from assistant.catalogue.search import ScoredService, SearchQuery, search
from assistant.catalogue.store import CatalogueStore, StoreError, open_store

__all__ = [
    "CatalogueStore",
    "ImportFailed",
    "ImportReport",
    "Municipality",
    "ScoredService",
    "SearchQuery",
    "Service",
    "StoreError",
    "card",
    "ensure_own_catalogue",
    "find_municipality",
    "hit_card",
    "import_source",
    "municipalities",
    "municipality",
    "national_cards",
    "open_store",
    "search",
]
