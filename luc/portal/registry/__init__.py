"""What everybody sees of the registry of the environmental industry: found, listed, drawn, counted, taken along.

It asks the room `industry` only for what is public there, and the search as a stranger. Not here: what an enterprise or
an officer does with an entry.
"""
