"""Papers that leave the house: outlines, drafts whose numbers are bound to data, opinions on them, and what is issued.

A paper begins as a Draft with its Blocks (written in the browser), is kept as Versions (frozen for ever), goes out as
files (`WrittenFile`) and comes back signed. A number in a block is a chip: it names the cell of the consolidation it
shows (`cells`), so that a figure that moved, a report that was returned, and a figure typed by hand are found out.

Not here: what is reported and how it is added up (reporting), how a paper is laid out (vanban.writing).
"""
