"""The Suomi.fi Finnish Service Catalogue (PTV)."""
