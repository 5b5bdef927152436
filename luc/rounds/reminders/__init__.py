"""Reminders: who is told what, when, on which rung; by mail and on the desk; what was sent is kept for ever.

`schedule` and `calendar` say when, `ladder` whom; `telling` writes the reminders, `letters` and `sending` bring them
out, `climbing` takes the next rung where a letter did not arrive. A job of the worker does all of it (`running`),
as often as it likes: unique keys keep each reminder and each letter single. Not here: what is asked, and by which room.
"""
