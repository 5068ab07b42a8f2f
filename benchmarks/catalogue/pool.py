"""The records to judge for each need, as TREC pools them.

    python -m benchmarks.catalogue.pool > pools.jsonl

The first twenty of every method together, shuffled, and not told which method found them. Records
have no texts of their own in the project, so the pools hold ids only.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from assistant.catalogue import open_store
from assistant.catalogue.store import CatalogueStore
from assistant.embedding import CachedEncoder, load_encoder
from assistant.settings import get_settings
from benchmarks.catalogue.measures import DEEP
from benchmarks.catalogue.needs import EVERYDAY, SPLITS, load
from benchmarks.catalogue.quality import METHODS, SAMPLE, fill


def pools(store: CatalogueStore, encoder: CachedEncoder, path: Path) -> dict[str, list[str]]:
    """Ids of records to judge, by need."""
    chance = random.Random(1)
    needs = [need for split in SPLITS for need in load(split, path)]
    found: dict[str, list[str]] = {}
    for need, vector in zip(needs, encoder.encode([need.text for need in needs])):
        ids: set[str] = set()
        for method in METHODS.values():
            ids.update(*method(store, need, vector)[:DEEP])
        found[need.id] = chance.sample(sorted(ids), len(ids))
    return found


def main() -> None:
    """Print the pools, one need a line."""
    settings = get_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(Path(folder) / "catalogue.db")) as store:
            fill(store, SAMPLE, encoder)
            for need, ids in pools(store, encoder, EVERYDAY).items():
                sys.stdout.write(json.dumps({"id": need, "pool": ids}) + "\n")


if __name__ == "__main__":
    main()
