"""Text as the pages and the database need it; the folding itself is vanban's."""

from vanban.folding import bare as search_key
from vanban.folding import folded, sort_key

__all__ = ["folded", "search_key", "sort_key"]
