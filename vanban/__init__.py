"""Reads and writes Vietnamese administrative papers. Pure Python: no Django, no database, no network."""
