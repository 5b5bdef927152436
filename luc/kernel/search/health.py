"""What the doctor looks at: every kind's documents beside its objects, and the index beside the documents."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.utils import DatabaseError
from django_scopes import scopes_disabled

from luc.kernel.health.findings import Finding, bad, good, looks_after, warn
from luc.kernel.search.indexing import differing
from luc.kernel.search.models import Document
from luc.kernel.search.registering import kinds
from luc.kernel.writing import writing


@looks_after("Tìm kiếm")
def search(everything: bool) -> Iterator[Finding]:
    """As many documents as objects; with everything: every document as its object makes it now, the index whole."""
    total = 0
    for kind in kinds().values():
        if everything:
            wrong = sum(1 for _ in differing(kind.name))
        else:
            with scopes_disabled():
                wanted = set(kind.ids())
            wrong = len(
                wanted ^ set(Document.objects.filter(kind=kind.name).values_list("object_id", flat=True))
            )
        if wrong:
            yield warn(
                f"{wrong} mục tìm kiếm loại “{kind.title}” thiếu hoặc đã cũ; hãy chạy: luc search rebuild {kind.name}"
            )
        total += Document.objects.filter(kind=kind.name).count()
    if strange := Document.objects.exclude(kind__in=kinds()).count():
        yield warn(f"{strange} mục tìm kiếm không còn loại nào nhận; hãy chạy: luc search rebuild")
    if everything and connection.vendor == "sqlite" and not _is_whole():
        yield bad("Chỉ mục tìm kiếm không khớp với dữ liệu; hãy chạy: luc search rebuild")
    yield good(f"{total} mục tìm được.")


def _is_whole() -> bool:
    """FTS5 compares its index with the rows it was made of; PostgreSQL makes its own as a column."""
    try:
        with transaction.atomic(), writing(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
