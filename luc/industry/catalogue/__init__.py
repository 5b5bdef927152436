"""Official lists of goods: taken in from their paper, looked through, adopted version by version; goods stand on them.

A list is anything with names, mostly numbers, and headings of groups; nothing here knows one list. Identity of an item
goes on by its code or its name; where only a person can say whether a line is an old item, the officer says it before
the version is adopted. Not here: the nine fields of the registry (reference data), what is proposed to be added
(`industry.proposing`), the words of any decision.
"""
