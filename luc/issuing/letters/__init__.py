"""The other papers of a round: the letter that asks for reports, the reminder, an agency's assignments, its own report.

The three letters begin as a Draft of their kind with its blocks, and go on as every draft: edited, kept, written,
issued. Their words are data (`data/letters/*.json`, or what the officer of a regime settled): the sentences with the
names of what is filled in. The report of an agency is its frozen submission as a paper and has no draft. Not here:
reminders by mail (rounds.reminders), the consolidated report (the room itself).
"""
