"""Changes of the catalogue's tables, one revision a module; run by `storage.schema`."""
