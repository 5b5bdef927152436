"""Indicators and the one append-only ledger of figures.

Which plan or report needs a figure is not known here.
"""
