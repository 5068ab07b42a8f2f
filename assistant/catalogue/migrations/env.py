"""Runs the migrations on the connection that `storage.schema` has opened and locked."""

from alembic import context

from assistant.catalogue.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=context.config.attributes["version_table"],
)
with context.begin_transaction():
    context.run_migrations()
