"""The yearly confirmation: a round of `rounds` in which every public enterprise says that its entry is still true.

The officer opens it, each enterprise owes one answer: block by block, or all in one act; what it corrects goes
the usual way to the officer. An answer is accepted as it comes, for there is nothing to judge. Who has not answered
by the day is marked on the public page; nothing is hidden, and a late answer is taken like any other. Not here:
reminders (rounds).
"""
