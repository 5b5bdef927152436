"""The grid of a cycle: all parties by all figures they are asked, on one page and as one workbook.

The collecting agency types here what came on paper or in a party's own file, into drafts that were not handed in; the
party itself looks them through and sends. History says who typed.
"""
