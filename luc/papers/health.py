"""Whether the bytes of stored files are there and still what came in."""

from __future__ import annotations

import random
from collections.abc import Iterator

from django_scopes import scopes_disabled

from luc.kernel.health.findings import Finding, bad, good, looks_after, warn
from luc.papers import storing
from luc.papers.models import StoredFile

SAMPLE, NAMED = 100, 5


@looks_after("Kho tệp")
def files(everything: bool) -> Iterator[Finding]:
    """All files, or the newest and as many others by chance."""
    with scopes_disabled():
        keys = list(StoredFile.objects.order_by("-pk").values_list("pk", flat=True))
        if not everything and len(keys) > 2 * SAMPLE:
            keys = keys[:SAMPLE] + random.sample(keys[SAMPLE:], SAMPLE)
        lost = []
        for row in StoredFile.objects.filter(pk__in=keys).only("path", "sha256").iterator():
            try:
                storing.read(row.path, row.sha256)
            except storing.Damaged:
                lost.append(row.pk)
    for pk in lost[:NAMED]:
        yield bad(f"Tệp số {pk} mất hoặc đã bị đổi; hãy lấy lại từ bản sao lưu gần nhất (thư mục files/).")
    if len(lost) > NAMED:
        yield bad(f"… và {len(lost) - NAMED} tệp nữa.")
    if not lost:
        yield good(f"Đã đọc {len(keys)} tệp, đều nguyên vẹn.")
    elif not everything:
        yield warn("Mới kiểm một mẫu; hãy chạy: luc doctor --all")
