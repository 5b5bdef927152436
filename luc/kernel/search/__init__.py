"""Search over what rooms above hand in: one table of documents, found the same way on SQLite and on PostgreSQL.

For: `registering.register` (a room's kind), `indexing.index` (in the room's own action), `finding.find` (scoped to the
viewer), as plain values. Not for: what a kind means, its pages, its addresses; the ground knows no domain.
"""
