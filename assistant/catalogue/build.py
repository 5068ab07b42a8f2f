"""Loading the project's own catalogue when it is missing or has changed."""

from __future__ import annotations

import hashlib
from typing import Optional

import numpy as np

from assistant.catalogue.analysis import ANALYSIS_VERSION
from assistant.catalogue.extraction import messages
from assistant.catalogue.importers import own
from assistant.catalogue.importers.run import Progress, store_reading
from assistant.catalogue.model import MODEL_VERSION
from assistant.catalogue.municipalities import DATA
from assistant.catalogue.store import CatalogueStore
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import SentenceEncoder
from assistant.i18n import SERVED, translator
from assistant.i18n.catalogs import po_path

NOTE = "own_catalogue"
MIN_TEXTS = 30
PHRASES_A_TOPIC = 2


def own_catalogue_hash(encoder: Optional[SentenceEncoder]) -> str:
    """A hash of everything from which the own catalogue is made."""
    digest = hashlib.blake2b(f"{MODEL_VERSION} {ANALYSIS_VERSION}".encode(), digest_size=16)
    digest.update((encoder.name if encoder is not None else "").encode())
    files = [DATA / f"{name}.yml" for name in own.DATASETS]
    for path in (*files, own.SOURCES, *(po_path(language) for language in SERVED)):
        digest.update(b"\0" + (path.read_bytes() if path.exists() else b""))
    return digest.hexdigest()


def _question_centres(encoder: SentenceEncoder) -> dict[str, np.ndarray]:
    """The mean vector of questions in each language that has enough of them."""
    centres = {}
    for language in SERVED:
        texts = _questions(language)
        if len(texts) >= MIN_TEXTS:
            centres[language] = encoder.encode(texts).mean(axis=0)
    return centres


def _questions(language: str) -> list[str]:
    """Some training phrases of every topic, else the translated texts of the own catalogue."""
    found: list[str] = []
    for path in sorted((QUESTIONS / language).glob("*.yml")):
        phrases = [phrase for _, phrase in training_phrases(path)]
        step = max(1, len(phrases) // PHRASES_A_TOPIC)
        found += phrases[::step][:PHRASES_A_TOPIC]
    if len(found) < MIN_TEXTS:
        known = translator(language)
        texts = dict.fromkeys(text for _, _, text in messages())
        found = [known.gettext(text) for text in texts if known.has(text)]
    return found


def ensure_own_catalogue(
    store: CatalogueStore,
    encoder: Optional[SentenceEncoder] = None,
    progress: Optional[Progress] = None,
) -> bool:
    """Load the own catalogue if it is missing or its files have changed; true if it was loaded."""
    wanted = own_catalogue_hash(encoder)
    if store.note(NOTE) == wanted:
        return False
    for dataset in own.DATASETS:
        store_reading(store, "own", dataset, own.read(dataset), encoder=encoder, progress=progress)
    if encoder is not None:
        store.set_centres(_question_centres(encoder))
    store.set_note(NOTE, wanted)
    return True
