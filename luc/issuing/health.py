"""What the doctor looks at: whether charts of papers are drawn with their letters."""

from __future__ import annotations

from collections.abc import Iterator

from luc.kernel import charts
from luc.kernel.health.findings import Finding, good, looks_after, warn


@looks_after("Biểu đồ trong văn bản")
def pictures(everything: bool) -> Iterator[Finding]:  # noqa: ARG001
    """Letters with every Vietnamese mark are drawn; else papers go out without pictures."""
    if charts.draws_letters():
        yield good("Vẽ được biểu đồ, đủ dấu tiếng Việt.")
    else:
        yield warn(
            "Máy không có phông chữ vẽ được dấu tiếng Việt: văn bản đi không có biểu đồ, số liệu vẫn ghi bằng chữ. "
            "Hãy chạy: python -m luc.site.assets, hoặc cài phông chữ Liberation."
        )
