import time

import pytest

from assistant.catalogue import SearchQuery, build, ensure_own_catalogue, open_store, search
from assistant.embedding import load_encoder


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.fixture(scope="module")
def store(tmp_path_factory, encoder):
    opened = open_store(tmp_path_factory.mktemp("real") / "catalogue.db")
    with pytest.MonkeyPatch.context() as patch:
        # Three languages are enough here and much faster than thirteen.
        patch.setattr(build, "SERVED", ("en", "fi", "so"))
        ensure_own_catalogue(opened, encoder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "text, language, expected",
    [
        ("Where can I go swimming?", "en", "swimming-hall"),
        ("Miten haen päiväkotipaikkaa?", "fi", "daycare"),
        ("Waxaan rabaa inaan barto af Finnish", "so", "language-cafe"),
    ],
)
def test_a_need_in_any_language_finds_its_service(text, language, expected, store, encoder):
    vector = encoder.encode([text])[0]
    query = SearchQuery(text, vector, municipality="999", language=language)
    assert f"own:service:{expected}" in [hit.service.id for hit in search(store, query)][:3]


@pytest.mark.parametrize("text", ["asdf qwerty zxcv", "purple quantum elephants", "12345"])
def test_nonsense_finds_little_or_nothing(text, store, encoder):
    assert len(search(store, SearchQuery(text, encoder.encode([text])[0], limit=20))) <= 3


def test_a_search_is_fast(store, encoder):
    vector = encoder.encode(["swimming"])[0]
    query = SearchQuery("swimming", vector, municipality="999")
    search(store, query)
    start = time.perf_counter()
    for _ in range(10):
        search(store, query)
    assert (time.perf_counter() - start) / 10 < 0.05
