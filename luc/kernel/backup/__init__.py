"""Backup and restore: everything an installation keeps, as one archive that either database takes in.

For: the rows of every table in one moment (whatever is written meanwhile), the files they name, counted and hashed;
back into an empty installation, whole or not at all, from an older release too. Not for: copying single tenants,
moving rows between installations that live, or keeping several archives (a schedule of the machine does that).
"""
