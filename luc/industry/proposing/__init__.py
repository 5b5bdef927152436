"""Agencies propose additions to national lists, and follow them: drafted, sent, answered, taken into a list.

Each step names its letter and day and is only added. Not here: the lists themselves (`industry.catalogue`), the words
of letters (written and signed elsewhere).
"""
