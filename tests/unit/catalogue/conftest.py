import hashlib
import os
import re
import secrets
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from assistant.catalogue import ensure_own_catalogue, open_store
from assistant.catalogue.model import Area, Batch, Service, Source
from assistant.settings import PROJECT_ROOT

SHARED = PROJECT_ROOT.parent / "shared"


#: A server where the tests may make databases of their own.
POSTGRESQL = os.environ.get(
    "KUNTAOPAS_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)


class FakeEncoder:
    """Texts with the same words get the same vector; no model is loaded."""

    name = "fake"
    dimension = 64

    def __init__(self):
        self.encoded = []

    def encode(self, texts, kind="query"):
        self.encoded += list(texts)
        return np.stack([self._vector(text) for text in texts]).astype(np.float32)

    def _vector(self, text):
        vector = np.full(self.dimension, 0.01)
        for word in re.findall(r"\w+", text.lower()):
            vector[hashlib.md5(word.encode()).digest()[0] % self.dimension] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def encoder():
    return FakeEncoder()


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "catalogue.db"))
    yield opened
    opened.close()


@pytest.fixture
def postgresql():
    """The URL of an empty PostgreSQL database, dropped after the test."""
    server = create_engine(POSTGRESQL, future=True, isolation_level="AUTOCOMMIT")
    name = f"kuntaopas_test_{secrets.token_hex(6)}"
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    except OperationalError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"there is no PostgreSQL server for tests: {str(error.orig).strip()}")
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    return str(tmp_path / "catalogue.db")


@pytest.fixture
def either_store(database_url):
    """A store in each kind of database."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def own_database(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "catalogue.db"
    store = open_store(path)
    ensure_own_catalogue(store)
    store.close()
    return path


@pytest.fixture
def own(own_database):
    opened = open_store(own_database)
    yield opened
    opened.close()


def shared(*parts) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the shared sample {path} is not here")
    return path


def service(name="Kirjasto", key="1", municipalities=None, **fields):
    area = Area() if municipalities is None else Area("limited", list(municipalities))
    fields.setdefault("names", {"fi": name})
    fields.setdefault("source", Source("Test"))
    return Service(id=f"test:service:{key}", area=area, **fields)


def put(store, *services, dataset="one", encoder=None, **options):
    vectors = {}
    if encoder is not None:
        texts = [next(iter(item.names.values())) for item in services]
        found = encoder.encode(texts, "passage")
        vectors = {item.id: ("fi", vector) for item, vector in zip(services, found)}
    return store.replace("test", dataset, Batch(services=list(services)), vectors, **options)
