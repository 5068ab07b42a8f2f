"""The catalogue in a database: one store for SQLite and PostgreSQL."""
