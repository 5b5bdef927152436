"""Enterprises and goods out of a file that an agency has: .xlsx or .csv, as it is.

Read (`reading`), columns matched (`columns`), every row judged (`judging`), shown; once confirmed put in by a job in
portions (`putting`), undone as a whole (`undoing`). Nothing is guessed: what can mean two things is asked. Not here:
verification; what was put in waits for the officer as if it had been typed.
"""
