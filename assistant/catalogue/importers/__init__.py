"""Importers: one module for each kind of source, all of them tolerant readers."""

from assistant.catalogue.importers.base import ImportFailed, ImportReport, Skipped
from assistant.catalogue.importers.run import SOURCES, import_source

__all__ = ["SOURCES", "ImportFailed", "ImportReport", "Skipped", "import_source"]
