"""What a database must be able to do with full text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy.engine import Connection

from assistant.catalogue.storage.query_plan import PlannedTerm
from assistant.catalogue.storage.records import TextEntry

#: Of each group one token must be among the `keys` of a text.
KeyGroups = Sequence[Sequence[str]]


class FullText(Protocol):
    """Finds texts by words. Texts have numbers, see `records.TEXTS_OF_A_SERVICE`."""

    def write(
        self, connection: Connection, texts: Iterable[tuple[int, TextEntry, Sequence[str]]]
    ) -> None:
        """Add texts: number, entry, filter keys."""

    def forget(self, connection: Connection, services: Sequence[int]) -> None:
        """Remove the texts of services."""

    def replace_topics(
        self, connection: Connection, services: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """Give the texts of services the keys of these topics instead of those they had."""

    def tidy(self, connection: Connection, much: bool) -> None:
        """After writing: make searching as fast as it can be.

        Args:
            connection: of the writer.
            much: so much has been written that the database should look at its tables anew.
        """

    def search(
        self, connection: Connection, terms: Sequence[PlannedTerm], keys: KeyGroups, limit: int
    ) -> list[int]:
        """The texts that hold one of the terms, best first; `limit` of them are ranked."""

    def with_form(
        self, connection: Connection, forms: Sequence[str], keys: KeyGroups, limit: int
    ) -> list[int]:
        """The texts with one of these words in a title or keyword, shortest first."""
