"""Cycles and their periods, obligations, completeness, versions and the freezing of what is submitted.

Knows parties and due moments; does not know what is asked: that is said by the room above.
"""
