"""The tables that both databases share.

Full text is not here: it is the business of `sqlite_text` and `postgresql_text`. The migrations in
`assistant/catalogue/migrations` make these tables; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

METADATA = MetaData()

#: SQLite makes only an `INTEGER PRIMARY KEY` the key under which the row itself is stored.
Key = BigInteger().with_variant(Integer(), "sqlite")
#: Compared by code points, so that the words with one beginning are one range.
Word = Text().with_variant(Text(collation="C"), "postgresql")

#: What searching and filtering need of a service. Narrow, because all of it is read into memory.
SERVICES = Table(
    "services",
    METADATA,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("charge", Text, nullable=False),
    Column("age_min", SmallInteger),
    Column("age_max", SmallInteger),
    Column("ends", BigInteger),  # seconds since 1970, after which an event has passed
    Column("takes_place", Boolean, nullable=False),  # false: cancelled or postponed
    Column("fallback", Boolean, nullable=False),
    Column("fictional", Boolean, nullable=False),
    Column("organization", Text),
    Column("revision", BigInteger, nullable=False),  # generation in which it last changed
    Index("services_dataset", "source", "dataset"),
    Index("services_revision", "revision"),
)

SERVICE_DATA = Table(
    "service_data",
    METADATA,
    Column("service", Key, primary_key=True, autoincrement=False),
    Column("data", Text, nullable=False),
)


def _records(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("source", Text, nullable=False),
        Column("dataset", Text, nullable=False),
        Column("hash", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("data", Text, nullable=False),
        Index(f"{name}_dataset", "source", "dataset"),
    )


CHANNELS = _records("channels")
ORGANIZATIONS = _records("organizations")

CONNECTIONS = Table(
    "connections",
    METADATA,
    Column("service_id", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index("connections_channel", "channel_id"),
)


def _values(name: str, value: str) -> Table:
    return Table(
        name,
        METADATA,
        Column(value, Text, primary_key=True),
        Column("service", BigInteger, primary_key=True, autoincrement=False),
        Index(f"{name}_service", "service"),
    )


TOPICS = _values("topics", "topic")
NEEDS = _values("needs", "need")
AREAS = _values("areas", "municipality")
LANGUAGES = _values("languages", "language")

#: The addresses of a channel; of a connection where it has its own (`service_id` is not empty).
PLACES = Table(
    "places",
    METADATA,
    Column("channel_id", Text, primary_key=True),
    Column("service_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
)

#: What a person may call a place: postal code, town, street address.
PLACE_NAMES = Table(
    "place_names",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("service_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Index("place_names_channel", "channel_id"),
)

#: What the source said of a record, compressed (`model.packed`).
PAYLOADS = Table(
    "payloads",
    METADATA,
    Column("record_id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: How many texts held each term when they were stored; plans a query (`query_plan`).
VOCABULARY = Table(
    "vocabulary",
    METADATA,
    Column("term", Word, primary_key=True),
    Column("texts", BigInteger, nullable=False),
)

#: The groups of three letters in the words of titles and keywords, for what is misspelt.
TITLE_GRAMS = Table(
    "title_grams",
    METADATA,
    Column("gram", Word, primary_key=True),
    Column("word", Word, primary_key=True),
)

#: Sentence vectors as 16-bit floats, and the language of the text that was encoded.
VECTORS = Table(
    "vectors",
    METADATA,
    Column("service", Key, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    #: What the service is about (`need_index`).
    Column("profile", LargeBinary),
)

#: Mean sentence vectors of questions, as 32-bit floats.
CENTRES = Table(
    "centres",
    METADATA,
    Column("language", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

NOTES = Table(
    "notes",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
