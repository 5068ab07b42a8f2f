"""Connections to the database of the catalogue, and its errors in one clear line."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from assistant.catalogue.storage import one_reading
from assistant.catalogue.store import StoreError

#: How long a short write waits for another one, and an import for another import.
BUSY_SECONDS = 30
IMPORT_BUSY_SECONDS = 600
#: Any number; all writers of a PostgreSQL catalogue take this lock, so that they come in turn.
LOCK = 702_418_553
#: Ids in one statement.
CHUNK = 1000

T = TypeVar("T")


class Database:
    """A SQLite file or a PostgreSQL database.

    Reading sees one state of the data from its first to its last statement and is never blocked
    by a writer (write-ahead logging; versions of rows). Writers come one after the other.
    """

    def __init__(self, url: str | Path) -> None:
        self.url = _url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = str(self.url.database) if self.is_sqlite else _without_password(self.url)
        try:
            engine = self._sqlite() if self.is_sqlite else self._postgresql()
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StoreError(
                f"the driver of {self.name} is missing ({error}):"
                " install the package with the extra 'postgres'"
            ) from error
        except OSError as error:
            raise StoreError(f"cannot open the catalogue {self.name}: {error}") from error
        self._engine = engine
        self._driver_errors = (engine.dialect.dbapi.Error,)
        isolation = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reader = engine.execution_options(**isolation)
        self._writer = engine.execution_options(writes=True)

    def _sqlite(self) -> Engine:
        Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            self.url,
            future=True,
            poolclass=QueuePool,
            max_overflow=-1,
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _postgresql(self) -> Engine:
        return create_engine(
            self.url,
            future=True,
            max_overflow=-1,
            pool_pre_ping=True,
            hide_parameters=True,
            executemany_mode="values_plus_batch",
            connect_args={
                "connect_timeout": 10,
                "application_name": "kuntaopas",
                # The indexes of the words are in memory; the planner would rather read all texts.
                # Queries are short: compiling them or starting other processes takes longer.
                "options": "-c random_page_cost=1.1 -c jit=off"
                " -c max_parallel_workers_per_gather=0",
            },
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data; within `one_reading` always the same.

        Raises:
            StoreError: if the database fails.
        """
        shared = one_reading.current()
        with self._clear_errors():
            if shared is not None:
                yield shared.entered(self, self._reader.connect)
            else:
                with self._reader.connect() as connection:
                    yield connection

    @contextmanager
    def writing(self, alone: bool = False) -> Iterator[Connection]:
        """A connection whose work is stored as a whole or not at all.

        Args:
            alone: waits for its turn and lets no other such writer in.

        Raises:
            StoreError: if the database fails.
        """
        with self._clear_errors(), self._writer.connect() as connection:
            if alone:
                self._wait(connection)
            try:
                with connection.begin():
                    if alone and not self.is_sqlite:
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                    yield connection
            finally:
                if alone and self.is_sqlite:
                    _raw(connection).execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")

    def _wait(self, connection: Connection) -> None:
        if self.is_sqlite:
            _raw(connection).execute(f"PRAGMA busy_timeout={IMPORT_BUSY_SECONDS * 1000}")

    def use_write_ahead_log(self) -> None:
        """Let readers of a SQLite file go on while it is written.

        Raises:
            StoreError: if the file cannot be used.
        """
        if not self.is_sqlite:
            return
        with self._clear_errors(), self._reader.connect() as connection:
            # Switching does not wait for a lock by itself.
            for last in (False,) * 50 + (True,):
                try:
                    _raw(connection).execute("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.OperationalError as error:
                    if last:
                        raise StoreError(f"{self.name}: {error}") from error
                    time.sleep(0.1)
                except sqlite3.DatabaseError as error:
                    raise StoreError(f"cannot open the catalogue {self.name}: {error}") from error

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._engine.dispose()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, *self._driver_errors) as error:
            reason = " ".join(str(getattr(error, "orig", error)).split())
            raise StoreError(f"the catalogue {self.name} cannot be used: {reason}") from error


def rows(connection: Connection, query: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a query, past SQLAlchemy: a fifth of the time for many rows or small queries.

    Args:
        connection: a connection of `Database`.
        query: SQL that both databases understand, with a question mark for each value.
        values: the values.
    """
    if connection.dialect.paramstyle == "pyformat":
        query = query.replace("?", "%s")
    cursor = _raw(connection).cursor()
    try:
        cursor.execute(query, tuple(values)) if values else cursor.execute(query)
        found: list[Any] = cursor.fetchall()
        return found
    finally:
        cursor.close()


def rows_in(connection: Connection, query: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a query with `{}` where the list of values belongs, of any number of values."""
    found = []
    for part in chunks(values):
        found += rows(connection, query.format(", ".join("?" * len(part))), part)
    return found


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items in parts of a size that one statement can hold."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def storable(text: str) -> bool:
    """False for a text that no database takes: with a NUL sign or half of a pair of signs."""
    return not re.search("[\0\ud800-\udfff]", text)


def _raw(connection: Connection) -> Any:
    # The first statement begins the transaction; a driver's cursor does not do that itself.
    if not connection.in_transaction() and connection.dialect.name != "sqlite":
        connection.begin()
    return connection.connection.dbapi_connection


def _url(url: str | Path) -> URL:
    text = str(url)
    scheme = re.match(r"(\w[\w+.-]*)://", text)
    if isinstance(url, Path) or scheme is None or scheme.group(1) == "sqlite":
        return URL.create("sqlite", database=text.removeprefix("sqlite:///"))
    if scheme.group(1) not in ("postgres", "postgresql") and not text.startswith("postgresql+"):
        raise StoreError(
            f"{scheme.group(1)}:// is no database for a catalogue:"
            " give the path of a file, sqlite:/// or postgresql://"
        )
    try:
        return make_url(re.sub(r"^postgres://", "postgresql://", text))
    except (ArgumentError, ValueError) as error:
        raise StoreError("the URL of the catalogue's database cannot be read") from error


def _without_password(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-32000")
    connection.execute("PRAGMA temp_store=MEMORY")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lookups(values: Iterable[Optional[str]]) -> list[str]:
    """The values that can be looked up, each once and in their order."""
    return [value for value in dict.fromkeys(values) if value and storable(value)]
