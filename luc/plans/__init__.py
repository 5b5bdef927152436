"""From the signed paper to the plan that lives: upload, review, adoption, its targets, tasks, parts, duties, regimes.

Progress is kept here as append-only rows; how reports are collected is not known here.
"""
