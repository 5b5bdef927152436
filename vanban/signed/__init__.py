"""The paper that comes back signed: is it, word by word and number by number, what was issued for signing?

`lines_of` cuts our own .docx into lines with its bookmarks (each bookmark is a number or words that the report is
bound to); `compare` holds the paper that came back beside them; `vanban.signed.signatures` says what a digital
signature covers and whose it is (pyHanko, offline; loaded only where it is asked). Nobody's word is taken for granted:
what was not found is said to be not found.
"""

from vanban.signed.bookmarks import Line, Mark, lines_of
from vanban.signed.compare import Changed, Comparison, Number, compare
from vanban.signed.head import Head, head_of

__all__ = ["Changed", "Comparison", "Head", "Line", "Mark", "Number", "compare", "head_of", "lines_of"]
