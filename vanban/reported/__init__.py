"""What an agency's own report says on what it is asked: results, states, figures, obstacles, proposals.

In: a Document and the asked items as plain values. Out: passages of the paper, each on one item or on none that was
recognised, with their words, Places and how sure they are. Nothing is guessed silently: what may be read otherwise
has a doubt in words and is to be asked.
"""

from vanban.reported.finding import find
from vanban.reported.values import GENERAL, Item, Passage, Said

__all__ = ["GENERAL", "Item", "Passage", "Said", "find"]
