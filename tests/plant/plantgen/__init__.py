"""Deterministic generator of the sample plant: SQLite databases of an invented car-parts maker, with labels."""
