"""Brings the tables of a catalogue up to date when it is opened."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Optional

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from assistant.catalogue.storage.database import Database
from assistant.catalogue.store import StoreError

#: Alembic's table in a database that may be shared with other programs.
VERSION_TABLE = "catalogue_version"
#: The revisions in `assistant/catalogue/migrations`, oldest first. Kept here so that Alembic is
#: loaded only when there is something to do.
REVISIONS = ("0001",)
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def prepare(database: Database) -> None:
    """Make the tables, or change those of an older version; their data is kept.

    Of several processes that start at once, one does it and the others wait.

    Raises:
        StoreError: if the database cannot be used or is not a catalogue of this version.
    """
    database.use_write_ahead_log()
    with database.reading() as connection:
        if _version(connection) == REVISIONS[-1]:
            return
    with database.writing(alone=True) as connection:
        version = _version(connection)
        if version == REVISIONS[-1]:
            return
        _check(database, connection, version)
        try:
            _upgrade(connection)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise StoreError(
                f"{database.name} could not be brought up to date, it is as it was ({reason})"
            ) from error


def _version(connection: Connection) -> Optional[str]:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return None if version is None else str(version)


def _check(database: Database, connection: Connection, version: Optional[str]) -> None:
    """Refuse a database that was made by something else or by a newer version."""
    if version is not None:
        if version not in REVISIONS:
            raise StoreError(
                f"{database.name} was made by a newer version of Kuntaopas (revision {version})"
            )
        return
    if database.is_sqlite:
        number = connection.exec_driver_sql("PRAGMA user_version").scalar()
        strange = number not in (0, 1) or (
            number == 0 and bool(inspect(connection).get_table_names())
        )
    else:
        strange = inspect(connection).has_table("services")
    if strange:
        raise StoreError(f"{database.name} is not a catalogue of this version of Kuntaopas")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(
        attributes={"connection": connection, "version_table": VERSION_TABLE},
    )
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
