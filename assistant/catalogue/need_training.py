"""Condenses the training phrases of needs to their prototypes: see `need_prototypes`.

    python -m assistant.catalogue.need_training

writes `data/catalogue/need_prototypes.npz`.
"""

from __future__ import annotations

import numpy as np
from sklearn.cluster import KMeans

from assistant.catalogue.need_prototypes import FILE, NeedPrototypes
from assistant.catalogue.topic_assignment import text_centres
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import CachedEncoder, SentenceEncoder, load_encoder
from assistant.embedding.vectors import unit
from assistant.settings import get_settings

#: Prototypes of a need. 8, 16 and 32 were tried on the half of `tests/search` that is for choosing.
PROTOTYPES = 16


def build(encoder: SentenceEncoder) -> NeedPrototypes:
    """Condense the training phrases of every need; quick only if their vectors are cached."""
    by_need: dict[str, list[np.ndarray]] = {}
    centres: dict[str, np.ndarray] = {}
    for folder in sorted(path for path in QUESTIONS.iterdir() if path.is_dir()):
        phrases = [item for path in sorted(folder.glob("*.yml")) for item in training_phrases(path)]
        phrases = [(need, text) for need, text in phrases if "/" in need]
        vectors = encoder.encode([text for _, text in phrases])
        centres[folder.name] = vectors.mean(axis=0)
        for (need, _), row in zip(phrases, unit(vectors - centres[folder.name])):
            by_need.setdefault(need, []).append(row)
    needs = tuple(sorted(by_need))
    found, labels = [], []
    for place, need in enumerate(needs):
        rows = np.stack(by_need[need])
        count = min(PROTOTYPES, len(rows))
        means = KMeans(count, n_init=1, random_state=0).fit(rows).cluster_centers_
        found.append(unit(means).astype(np.float32))
        labels += [place] * count
    return NeedPrototypes(
        needs, np.concatenate(found), np.array(labels), centres, text_centres(encoder)
    )


def main() -> None:
    """Make the file anew."""
    settings = get_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    build(encoder).save(FILE)


if __name__ == "__main__":
    main()
