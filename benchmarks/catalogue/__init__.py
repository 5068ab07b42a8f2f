"""How well the search of the catalogue answers the needs of people."""
