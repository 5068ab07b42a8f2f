"""Databases that exist only while something is measured."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.processes import BenchmarkFailed

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Scratch:
    """An empty database of a kind."""

    kind: str
    url: str

    def disk(self) -> int:
        """The bytes that it takes, with its log."""
        if self.kind == SQLITE:
            path = Path(self.url)
            return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
        engine = create_engine(self.url, future=True)
        try:
            with engine.connect() as connection:
                query = "SELECT pg_database_size(current_database())"
                return int(connection.exec_driver_sql(query).scalar() or 0)
        finally:
            engine.dispose()


@contextmanager
def scratch(kind: str, folder: Path, server: str) -> Iterator[Scratch]:
    """A database that is removed after the block.

    Args:
        kind: one of `DATABASES`.
        folder: where a SQLite file may lie.
        server: URL of a database of the PostgreSQL server.

    Raises:
        BenchmarkFailed: if the server does not let one make a database.
    """
    if kind == SQLITE:
        yield Scratch(kind, str(folder / "catalogue.db"))
        return
    name = f"kuntaopas_speed_{secrets.token_hex(6)}"
    _tell(server, f"CREATE DATABASE {name}")
    try:
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        yield Scratch(kind, url)
    finally:
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(server: str, command: str) -> None:
    try:
        engine = create_engine(server, future=True, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql(command)
        finally:
            engine.dispose()
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", error)).strip()
        raise BenchmarkFailed(f"no scratch database on the PostgreSQL server: {reason}") from error
