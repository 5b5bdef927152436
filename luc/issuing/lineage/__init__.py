"""From a number or sentence of a paper down to the cell somebody typed, and from that cell up to all that used it.

What was said, what was known on a day, what is known now: nothing is stored of it, all is found in rows that are only
added (submissions, verdicts, reopenings, issued papers). Whoever asks sees only what the rooms below show them.
"""
