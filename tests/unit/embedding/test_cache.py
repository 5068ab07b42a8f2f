"""A text is encoded once; the cache holds no text."""

import sqlite3

import numpy as np
import pytest

from assistant.embedding.cache import BATCH, CachedEncoder, text_key


class CountingEncoder:
    dimension = 4

    def __init__(self, name="counting"):
        self.name = name
        self.encoded = []

    def encode(self, texts, kind="query"):
        self.encoded += [(kind, text) for text in texts]
        return np.array(
            [[len(text), ord(text[0]), 0, kind == "query"] for text in texts], "float32"
        )


@pytest.fixture
def encoder():
    return CountingEncoder()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "vectors.db"


@pytest.fixture
def cached(encoder, path):
    return CachedEncoder(encoder, path)


def test_vectors_come_in_the_order_of_the_texts(cached):
    cached.encode(["bb"])
    found = cached.encode(["a", "bb", "ccc"])
    assert found.dtype == np.float32
    assert found[:, 0].tolist() == [1, 2, 3]


def test_a_text_is_encoded_once(cached, encoder):
    first = cached.encode(["home"])
    assert (cached.encode(["home"]) == first).all()
    assert len(encoder.encoded) == 1


def test_a_text_that_stands_twice_in_a_call_is_encoded_once(cached, encoder):
    found = cached.encode(["home", "school", "home"])
    assert len(encoder.encoded) == 2
    assert (found[0] == found[2]).all()


def test_vectors_outlive_the_process(cached, path):
    cached.encode(["home"])
    other = CountingEncoder()
    CachedEncoder(other, path).encode(["home"])
    assert other.encoded == []


def test_a_query_and_a_passage_have_vectors_of_their_own(cached):
    assert cached.encode(["home"])[0, 3] == 1
    assert cached.encode(["home"], kind="passage")[0, 3] == 0


def test_another_encoder_does_not_use_the_vectors_of_this_one(cached, path):
    cached.encode(["home"])
    other = CountingEncoder("other")
    CachedEncoder(other, path).encode(["home"])
    assert len(other.encoded) == 1


def test_the_cache_holds_no_text(cached, path):
    cached.encode(["my secret need"])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"secret" not in path.read_bytes()


def test_progress_counts_only_what_had_to_be_encoded(cached):
    cached.encode(["known"])
    seen = []
    cached.encode(
        ["known", *[f"new {n}" for n in range(BATCH + 1)]], progress=lambda *at: seen.append(at)
    )
    assert seen == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]


def test_an_interrupted_run_goes_on_where_it_stopped(path):
    class Failing(CountingEncoder):
        def encode(self, texts, kind="query"):
            if "stop" in texts:
                raise RuntimeError("stopped")
            return super().encode(texts, kind)

    texts = [f"text {number}" for number in range(BATCH)]
    with pytest.raises(RuntimeError):
        CachedEncoder(Failing(), path).encode([*texts, "stop"])
    again = CountingEncoder()
    CachedEncoder(again, path).encode([*texts, "stop"])
    assert again.encoded == [("query", "stop")]


def test_no_texts_make_no_vectors(cached):
    assert cached.encode([]).shape == (0, 4)


def test_the_key_of_a_text_depends_on_encoder_kind_and_text():
    keys = {
        text_key(*one)
        for one in [("a", "q", "x"), ("b", "q", "x"), ("a", "p", "x"), ("a", "q", "y")]
    }
    assert len(keys) == 4
