"""`make run PLANS=DIR`: every paper of a folder, in the province that issued it, up to its review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from luc.kernel.text import search_key
from luc.kernel.time import today
from luc.plans.models import Reading
from luc.territory.models import Unit
from luc.territory.queries import provinces, successors
from vanban.reading import UnreadableFile, read_file, understand

KINDS = {".txt", ".md", ".docx"}
LISTED = (
    ("targets", "chỉ tiêu"),
    ("tasks", "nhiệm vụ"),
    ("body", "mục trong thân văn bản"),
    ("duties", "việc giao cơ quan"),
    ("regimes", "chế độ báo cáo"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is an official paper, and today's province of its issuer."""

    path: Path
    province: Unit


def papers_in(folder: Path) -> Iterator[Paper | str]:
    """The papers of a folder by name; for a file that is none, one line that says why."""
    known = _by_name()
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS):
        try:
            issuer = understand(read_file(path.read_bytes(), path.name)).get("issuer") or ""
        except UnreadableFile as error:
            yield f"{path.name}: {error}"
            continue
        province = next((unit for name, unit in known if name in search_key(issuer)), None)
        if province is None:
            yield f"{path.name}: không thấy tên cơ quan ban hành của một tỉnh, bỏ qua"
        else:
            yield Paper(path, province)


def _by_name() -> list[tuple[str, Unit]]:
    """Names of provinces of all times, the longest first, with what they are today."""
    now = {unit.pk: unit for unit in provinces(today())}
    found = [(search_key(unit.name), unit) for unit in now.values()]
    ended = Unit.objects.filter(level=Unit.Level.PROVINCE, valid_to__isnull=False)
    names = {unit.pk: search_key(unit.name) for unit in ended}
    found += [
        (names[pk], now[line.new_id])
        for pk, lines in successors(names).items()
        for line in lines
        if line.new_id in now
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))


def told(reading: Reading) -> list[str]:
    """What was read of a paper, line by line: its head, its items by kind, its findings."""
    if reading.content is None:
        return [f"{reading.file.name}: {reading.job.error if reading.job else 'chưa đọc'}"]
    content, head = reading.content, reading.as_read or {}
    counts = ", ".join(f"{len(content[name])} {words}" for name, words in LISTED)
    lines = [
        f"{reading.file.name}: {head.get('kind')} {head.get('number') or '(dự thảo, chưa có số)'}",
        f"  {counts}",
    ]
    return lines + [f"  ! {finding['code']}: {finding['message']}" for finding in reading.findings]
