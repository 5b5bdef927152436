"""Goods stand on items of official lists: proposed by name and HS code, said by the enterprise or set by an officer.

The item is one field of the offer like any other (`industry.fields`, "item"): with its source, its day, verified with
the rest. Here is only what is different: what is proposed, how it is looked for, how an officer sets it at once.
"""
