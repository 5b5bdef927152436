"""What an officer does with a list: bring its paper, say what columns mean, correct lines, decide, adopt, discard."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.industry.catalogue import queries
from luc.industry.catalogue.adopting import put_in
from luc.industry.catalogue.comparing import fingerprint
from luc.industry.catalogue.reading import LONGEST, ROLES, lines_of, tables_of
from luc.industry.models import Catalogue, CatalogueVersion
from luc.kernel import jobs
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from luc.papers.queries import content
from vanban.document import Document
from vanban.reading import UnreadableFile, read_file

READ = "industry.catalogue"
MOST_LINES = 5000
State = CatalogueVersion.State


def bring(
    viewer: Viewer, *, tenant: int, catalogue: int | None, name: str, file_name: str, data: bytes
) -> CatalogueVersion:
    """Take the paper of a list in; a job reads it. A list that is not there yet is named by `name`.

    Raises NotAllowed, Catalogue.DoesNotExist, Refused (no name, one is under review, empty or too large file).
    """
    viewer.require("industry.catalogue", tenant=tenant)
    there = queries.catalogues(viewer).get(pk=catalogue, tenant=tenant) if catalogue else _named(tenant, name)
    if there.pk and there.versions.filter(state__in=[State.WAITING, State.REVIEW]).exists():
        raise Refused(_("Danh mục này đang có một bản được rà soát. Hãy thông qua hoặc bỏ bản ấy trước."))
    kept = take_in(tenant=tenant, name=file_name, data=data)
    media = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
    with action(viewer, "industry.catalogue", tenant=tenant) as acting:
        if not there.pk:
            there = acting.create(there)
        row = CatalogueVersion(tenant_id=tenant, catalogue=there, by_id=viewer.user or 0, at=now())
        row.file = store(acting, kept, tenant=tenant, name=file_name, media_type=media)
        acting.create(row)
        job = jobs.start(viewer, READ, f"Đọc danh mục: {row.file.name}", tenant=tenant, version=row.pk)
        row.job = job
        row.save(update_fields=["job"])
    row.refresh_from_db()
    return row


def _named(tenant: int, name: str) -> Catalogue:
    name = " ".join(name.split())[:300]
    if not name:
        words = _("Hãy chọn danh mục đã có, hoặc ghi tên danh mục mới.")
        raise Refused(words, {"name": words})
    there = Catalogue.objects.filter(tenant=tenant, search_key=search_key(name)).first()
    return there or Catalogue(tenant_id=tenant, name=name, at=now())


@jobs.job(READ)
def read(running: jobs.Running) -> dict[str, Any]:
    """Read the paper of a version. Raises Refused: it cannot be read, or holds no table."""
    row = CatalogueVersion.objects.select_related("file").get(pk=running.arguments["version"])
    if row.state != State.WAITING:
        raise Refused("Bản này đã được đọc hoặc đã bỏ.")
    running.progress(0, 2, "Đọc tệp")
    try:
        document = read_file(content(row.file), row.file.name)
    except UnreadableFile as error:
        raise Refused(str(error)) from error
    running.progress(1, 2, "Tìm bảng, cột và nhóm")
    tables = tables_of(document)
    if not tables:
        raise Refused(
            "Không thấy bảng nào trong tệp. Danh mục phải là bảng có cột tên; hãy chọn đúng tệp phụ lục."
        )
    lines = _few(lines_of(document, tables))
    with action(Viewer.for_system(row.tenant_id), "industry.catalogue", tenant=row.tenant_id) as acting:
        row = CatalogueVersion.objects.select_for_update().get(pk=row.pk)
        if row.state != State.WAITING:
            raise Refused("Bản này đã được đọc hoặc đã bỏ.")
        row.document, row.tables, row.lines, row.state = document.as_json(), tables, lines, State.REVIEW
        row.save(update_fields=["document", "tables", "lines", "state"])
        acting.log(row, None, {"tables": len(tables), "lines": len(lines)})
    return {"address": reverse("industry:catalogue_review", args=[row.pk])}


def _few(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(lines) > MOST_LINES:
        raise Refused(_("Danh mục có hơn %(n)d dòng nên không đọc: hãy chia nhỏ tệp.") % {"n": MOST_LINES})
    return lines


def say_columns(
    viewer: Viewer, version: int, *, seen: int, roles: Sequence[Sequence[str]], used: Sequence[bool]
) -> CatalogueVersion:
    """Say which lists of the paper are meant and what their columns say; the lines are read anew, corrections go.

    Raises DoesNotExist, NotAllowed, Conflict, Refused (no list has a column of names, a column twice).
    """
    row = queries.versions(viewer).get(pk=version)
    tables = [dict(one) for one in row.tables]
    for told, said, is_used in zip(tables, roles, used, strict=True):
        given = [role for role in said if role]
        if len(said) != len(told["roles"]) or not set(given) <= set(ROLES) or len(given) != len(set(given)):
            raise Refused(_("Mỗi nội dung chỉ nằm ở một cột. Hãy xem lại các cột đã chọn."))
        if is_used and "name" not in given:
            raise Refused(_("Hãy chỉ ra cột tên của bảng được dùng."))
        told["roles"], told["used"] = list(said), is_used
    if not any(used):
        raise Refused(_("Hãy dùng ít nhất một bảng."))
    lines = _few(lines_of(Document.from_json(row.document or {"blocks": []}), tables))
    return _changed(viewer, row.pk, seen, tables=tables, lines=lines, decisions={})


def correct(
    viewer: Viewer, version: int, *, seen: int, key: str, values: Mapping[str, Any]
) -> CatalogueVersion:
    """Correct a line as read: its words, whether it is a branch. Raises DoesNotExist, NotAllowed, Conflict, Refused."""
    row = queries.versions(viewer).get(pk=version)
    told = {role: " ".join(str(values.get(role, "")).split()) for role in LONGEST}
    if not told["name"]:
        raise Refused(_("Chưa có tên."), {"name": _("Chưa có tên.")})
    changed = [
        {**line, **told, "branch": bool(values.get("branch")), "typed": True} if line["key"] == key else line
        for line in row.lines
    ]
    return _changed(viewer, row.pk, seen, lines=changed)


def add_line(
    viewer: Viewer, version: int, *, seen: int, after: str, values: Mapping[str, Any]
) -> CatalogueVersion:
    """Add a line that reading lost, below another ("" for the first). Raises as `correct`."""
    row = queries.versions(viewer).get(pk=version)
    told = {role: " ".join(str(values.get(role, "")).split()) for role in LONGEST}
    if not told["name"]:
        raise Refused(_("Chưa có tên."), {"name": _("Chưa có tên.")})
    added = 1 + max((int(line["key"][1:]) for line in row.lines if line["key"][0] == "m"), default=0)
    line = {"key": f"m{added}", **told, "branch": bool(values.get("branch"))}
    line |= {"dropped": False, "typed": True, "at": None, "places": []}
    at = next((n + 1 for n, one in enumerate(row.lines) if one["key"] == after), 0)
    return _changed(viewer, row.pk, seen, lines=[*row.lines[:at], line, *row.lines[at:]])


def drop(viewer: Viewer, version: int, *, seen: int, key: str, dropped: bool) -> CatalogueVersion:
    """Leave a line out, or take it in again. Raises DoesNotExist, NotAllowed, Conflict, Refused."""
    row = queries.versions(viewer).get(pk=version)
    lines = [line | {"dropped": dropped} if line["key"] == key else line for line in row.lines]
    return _changed(viewer, row.pk, seen, lines=lines)


def decide(
    viewer: Viewer, version: int, *, seen: int, decisions: Mapping[str, int | None]
) -> CatalogueVersion:
    """Say of lines which item of the version before they are, 0: a new one, None: nothing said any more.

    Raises DoesNotExist, NotAllowed, Conflict, Refused (two lines for one item, an item that is not there).
    """
    row = queries.versions(viewer).get(pk=version)
    told = {**row.decisions, **decisions}
    kept = {key: pk for key, pk in told.items() if pk is not None}
    items = [pk for pk in kept.values() if pk]
    live = set(queries.live_items(row.catalogue_id).values_list("pk", flat=True))
    if len(items) != len(set(items)) or not set(items) <= live:
        raise Refused(_("Mỗi mục cũ chỉ ứng với một dòng mới. Hãy xem lại các dòng đã chọn."))
    return _changed(viewer, row.pk, seen, decisions=kept)


def _changed(viewer: Viewer, version: int, seen: int, **values: Any) -> CatalogueVersion:
    row = queries.versions(viewer).get(pk=version)
    with action(viewer, "industry.catalogue", tenant=row.tenant_id) as acting:
        locked = _under_review(row.pk)
        if locked.edit != seen:
            raise Conflict(_("Bản này vừa được sửa ở nơi khác. Hãy xem lại rồi làm tiếp."))
        before = {line["key"]: line for line in locked.lines}
        for name, value in values.items():
            setattr(locked, name, value)
        locked.edit += 1
        locked.save(update_fields=[*values, "edit"])
        acting.log(locked, {"edit": seen}, {"edit": locked.edit, **_told(before, values)})
    return locked


def _told(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a change says in the history: the lines that read otherwise, the decisions."""
    said = {name: value for name, value in values.items() if name == "decisions"}
    if "lines" in values:
        moved = [line for line in values["lines"] if before.get(line["key"]) != line]
        words = [{name: line[name] for name in ("key", "number", "name", "dropped")} for line in moved[:50]]
        said |= {"lines": words, "count": len(values["lines"])}
    return said


def _under_review(pk: int) -> CatalogueVersion:
    locked = CatalogueVersion.objects.select_for_update().get(pk=pk)
    if locked.state != State.REVIEW:
        raise Refused(_("Bản này %(state)s, không sửa được nữa.") % {"state": locked.get_state_display()})
    return locked


def adopt(
    viewer: Viewer, version: int, *, seen: str, paper_number: str, paper_date: date | None, issuer: str
) -> CatalogueVersion:
    """Make a version the list that holds, exactly as it was shown (`seen`: the fingerprint of that).

    Raises DoesNotExist, NotAllowed, Conflict (something else than was shown), Refused: what is wrong, by place; what
    waits for a decision; no number and date of the paper.
    """
    row = queries.versions(viewer).get(pk=version)
    paper_number, issuer = paper_number.strip()[:60], issuer.strip()[:200]
    if not paper_number or paper_date is None:
        raise Refused(_("Hãy ghi số, ký hiệu và ngày của văn bản ban hành."), {"paper_number": _("Chưa có.")})
    with action(viewer, "industry.catalogue", tenant=row.tenant_id) as acting:
        Catalogue.objects.select_for_update().get(pk=row.catalogue_id)
        locked = _under_review(row.pk)
        nodes, beside = queries.beside(locked)
        _must_be_good(nodes, beside)
        if fingerprint(nodes, beside) != seen:
            raise Conflict(_("Nội dung đã khác với bản được xem. Hãy xem lại rồi thông qua."))
        last = locked.catalogue.versions.filter(state=State.ADOPTED).order_by("-number").first()
        number = (last.number or 0) + 1 if last else 1
        acting.change(
            locked,
            state=State.ADOPTED,
            number=number,
            adopted_by_id=viewer.user,
            adopted_at=now(),
            paper_number=paper_number,
            paper_date=paper_date,
            issuer=issuer,
        )
        put_in(acting, locked, nodes, beside)
    return locked


def _must_be_good(nodes: Sequence[Any], beside: Any) -> None:
    wrong = [f"{node.where}: {words}" for node in nodes for words in node.wrong]
    if wrong:
        raise Refused(_("Còn chỗ sai: %(places)s") % {"places": " ".join(wrong[:10])})
    if not any(not node.is_branch for node in nodes):
        raise Refused(_("Danh mục chưa có mục nào."))
    if beside.asked:
        places = ", ".join(one.node.where for one in beside.asked[:10])
        raise Refused(_("Còn dòng chưa rõ là mục cũ hay mục mới: %(places)s.") % {"places": places})


def discard(viewer: Viewer, version: int) -> CatalogueVersion:
    """Leave a version unadopted. Raises DoesNotExist, NotAllowed, Refused (adopted or discarded already)."""
    row = queries.versions(viewer).get(pk=version)
    with action(viewer, "industry.catalogue", tenant=row.tenant_id) as acting:
        locked = CatalogueVersion.objects.select_for_update().get(pk=row.pk)
        if locked.state not in {State.WAITING, State.REVIEW}:
            raise Refused(_("Bản này %(state)s, không bỏ được.") % {"state": locked.get_state_display()})
        return acting.change(locked, state=State.DISCARDED)
