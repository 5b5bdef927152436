"""The pages of official lists, all without JavaScript: bring, look through, compare, adopt, read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.industry.catalogue import actions, queries
from luc.industry.catalogue.comparing import Beside, fingerprint
from luc.industry.catalogue.forms import AdoptForm, BringForm, ColumnsForm, LineForm
from luc.industry.catalogue.reading import ROLES, where
from luc.industry.catalogue.tree import Node
from luc.industry.models import CatalogueLine, CatalogueVersion
from luc.industry.pages import inside
from luc.kernel.errors import Refused
from luc.kernel.pages import Request
from vanban.document import Document
from vanban.header import read as read_header

State = CatalogueVersion.State
TONES = {"waiting": "wait", "review": "warn", "adopted": "good", "discarded": "none"}
_SHOWN = 100  # lines of a page


@inside("industry.edit")
def catalogues(request: Request) -> HttpResponse:
    """The lists that hold."""
    may = request.viewer.may("industry.catalogue")
    more = {"rows": list(queries.adopted(request.viewer)), "officer": may}
    more["proposes"] = request.viewer.may("industry.proposals")
    if may:
        waiting = [State.WAITING, State.REVIEW]
        more |= {
            "stranded": queries.stranded(request.viewer).count(),
            "reviewed": list(queries.versions(request.viewer).filter(state__in=waiting)),
        }
    return render(request, "industry/catalogue/catalogues.html", more)


@inside("industry.edit")
def catalogue(request: Request, catalogue: int) -> HttpResponse:
    """One list as it holds, as a tree with the goods on it, and its versions."""
    row = get_object_or_404(queries.adopted(request.viewer), pk=catalogue)
    page = Paginator(queries.shown(row), 300).get_page(request.GET.get("page"))
    more = {"row": row, "page": page, "versions": list(queries.history(row))}
    return render(request, "industry/catalogue/catalogue.html", more)


@inside("industry.edit")
def changes(request: Request, catalogue: int, number: int) -> HttpResponse:
    """What an adopted version said, and how it differs from the one before it."""
    row = get_object_or_404(queries.adopted(request.viewer), pk=catalogue)
    version = get_object_or_404(queries.history(row), number=number)
    lines = queries.lines_of(version)
    wanted = request.GET.get("loai", "")
    kinds = [(str(one), str(one.label), lines.filter(change=one).count()) for one in CatalogueLine.Change]
    if wanted in CatalogueLine.Change.values:
        lines = lines.filter(change=wanted)
    page = Paginator(lines, _SHOWN).get_page(request.GET.get("page"))
    tabs = [(_("Tất cả"), "?", wanted == "", sum(one[2] for one in kinds))]
    tabs += [(words.capitalize(), f"?loai={kind}", wanted == kind, count) for kind, words, count in kinds]
    told = [
        (line, [(ROLES[role], old, line.values[role]) for role, old in line.before.items()]) for line in page
    ]
    more = {"row": row, "version": version, "page": page, "lines": told, "tabs": tabs}
    return render(request, "industry/catalogue/changes.html", more)


@inside("industry.catalogue")
def bring(request: Request) -> HttpResponse:
    """The papers that were brought; a new one."""
    tenant = min(request.viewer.tenants_for("industry.catalogue"))
    lists = list(queries.catalogues(request.viewer).filter(tenant=tenant).values_list("pk", "name"))
    form = BringForm(lists, request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = form.done(
            lambda told: actions.bring(
                request.viewer,
                tenant=tenant,
                catalogue=told["catalogue"],
                name=told["name"],
                file_name=told["file"].name,
                data=told["file"].read(),
            )
        )
        if made:
            return _to(made)
    page = Paginator(queries.versions(request.viewer), 50).get_page(request.GET.get("page"))
    return render(request, "industry/catalogue/bring.html", {"form": form, "page": page, "tones": TONES})


def _to(version: CatalogueVersion) -> HttpResponse:
    if version.state == State.WAITING and version.job_id:
        return redirect("kernel:job", version.job_id)
    return redirect("industry:catalogue_review", version.pk)


def _version(request: Request, pk: int) -> CatalogueVersion:
    return get_object_or_404(queries.versions(request.viewer), pk=pk)


def _reviewed(request: Request, pk: int) -> CatalogueVersion:
    """A version that can still be worked on. Raises Refused."""
    row = _version(request, pk)
    if row.state != State.REVIEW:
        raise Refused(_("Bản này %(state)s, không sửa được nữa.") % {"state": row.get_state_display()})
    return row


@inside("industry.catalogue")
def review(request: Request, catalogue_version: int) -> HttpResponse:
    """The paper beside what was read of it, line by line, with what is wrong and where."""
    row = _version(request, catalogue_version)
    if row.state == State.WAITING:
        return _to(row)
    nodes, beside = queries.beside(row)
    wanted = request.GET.get("xem", "")
    page = Paginator(_wanted(nodes, wanted), _SHOWN).get_page(request.GET.get("page"))
    marks = [
        {
            "id": f"noi-{one.key}",
            "places": one.row["places"],
            "href": f"#muc-{one.key}",
            "title": one.row["name"][:80],
        }
        for one in page
        if one.row["places"]
    ]
    more = {
        "row": row,
        "page": page,
        "marks": marks,
        "tabs": _tabs(row, nodes, wanted),
        "dropped": [(line, where(line)) for line in row.lines if line["dropped"]],
        "wrong": sum(bool(node.wrong) for node in nodes),
        "beside": beside,
        "is_open": row.state == State.REVIEW,
        "items": sum(not node.is_branch for node in nodes),
        "remarks": (row.document or {}).get("remarks", []),
        "is_first": not queries.live_items(row.catalogue_id).exists(),
    }
    return render(request, "industry/catalogue/review.html", more)


def _wanted(nodes: list[Node], wanted: str) -> list[Node]:
    if wanted == "sai":
        return [node for node in nodes if node.wrong]
    return [node for node in nodes if node.doubts] if wanted == "ngo" else nodes


def _tabs(row: CatalogueVersion, nodes: list[Node], wanted: str) -> list[Any]:
    here = reverse("industry:catalogue_review", args=[row.pk])
    titles = {"": _("Tất cả"), "sai": _("Cần sửa"), "ngo": _("Nên xem lại")}
    return [
        (title, f"{here}?xem={key}" if key else here, key == wanted, len(_wanted(nodes, key)))
        for key, title in titles.items()
    ]


@inside("industry.catalogue")
def columns(request: Request, catalogue_version: int) -> HttpResponse:
    """Which tables are meant, and what their columns say."""
    row = _reviewed(request, catalogue_version)
    form = ColumnsForm(row.tables, request.POST or None)
    seen = _seen(request)
    done = form.done(lambda _told: actions.say_columns(request.viewer, row.pk, seen=seen, **form.said()))
    if done:
        messages.success(request, _("Đã đọc lại theo các cột này."))
        return redirect("industry:catalogue_review", row.pk)
    tables = [
        {
            "n": t + 1,
            "used": form[f"used_{t}"],
            "lines": table["lines"],
            "columns": [
                (form[f"role_{t}_{x}"], table["headings"][x], table["cells"][x])
                for x in range(len(table["headings"]))
            ],
        }
        for t, table in enumerate(row.tables)
    ]
    return render(request, "industry/catalogue/columns.html", {"row": row, "form": form, "tables": tables})


def _seen(request: Request) -> int:
    """The state of a version that a page showed."""
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


@inside("industry.catalogue")
def line(request: Request, catalogue_version: int, catalogue_line: str) -> HttpResponse:
    """Correct a line; "moi": add one below `?sau=`."""
    row = _reviewed(request, catalogue_version)
    is_new = catalogue_line == "moi"
    told = next((one for one in row.lines if one["key"] == catalogue_line), None)
    if told is None and not is_new:
        raise Http404
    form = LineForm(told, request.POST or None)
    seen, after = _seen(request), request.GET.get("sau", "")
    if is_new:
        done = form.done(
            lambda values: actions.add_line(request.viewer, row.pk, seen=seen, after=after, values=values)
        )
    else:
        done = form.done(
            lambda values: actions.correct(
                request.viewer, row.pk, seen=seen, key=catalogue_line, values=values
            )
        )
    if done:
        messages.success(request, _("Đã lưu dòng này."))
        return redirect(f"{reverse('industry:catalogue_review', args=[row.pk])}#muc-{catalogue_line}")
    more = {"row": row, "form": form, "line": told, "where": where(told) if told else "", "is_new": is_new}
    return render(request, "industry/catalogue/line.html", more)


@inside("industry.catalogue")
@require_POST
def drop_line(request: Request, catalogue_version: int, catalogue_line: str) -> HttpResponse:
    """Leave a line out, or take it in again."""
    row = _reviewed(request, catalogue_version)
    dropped = "lai" not in request.POST
    actions.drop(request.viewer, row.pk, seen=_seen(request), key=catalogue_line, dropped=dropped)
    return redirect("industry:catalogue_review", row.pk)


@inside("industry.catalogue")
def compare(request: Request, catalogue_version: int) -> HttpResponse:
    """The version beside the one that holds, line by line; what is not sure is decided here."""
    row = _reviewed(request, catalogue_version)
    _nodes, beside = queries.beside(row)
    if request.method == "POST":
        said = {one.node.key: _decision(request.POST.get(f"is-{one.node.key}")) for one in beside.lines}
        given = {key: pk for key, pk in said.items() if f"is-{key}" in request.POST}
        actions.decide(request.viewer, row.pk, seen=_seen(request), decisions=given)
        messages.success(request, _("Đã ghi các quyết định."))
        return redirect("industry:catalogue_compare", row.pk)
    more = {"row": row, "beside": beside, **_kinds(beside)}
    return render(request, "industry/catalogue/compare.html", more)


def _kinds(beside: Beside) -> dict[str, Any]:
    """The changes by kind, those that are asked apart."""
    told = {kind: beside.of(kind) for kind in ("new", "reworded", "same")}
    maybe = {item.pk for one in beside.asked for item in one.choices}  # whether it goes is just what is asked
    return {
        "asked": [one for one in beside.lines if one.asks],
        "said": [one for one in beside.lines if one.is_said],
        "new": [one for one in told["new"] if not one.asks],
        "reworded": told["reworded"],
        "same": len(told["same"]),
        "gone": [item for item in beside.gone if item.pk not in maybe],
    }


def _decision(given: str | None) -> int | None:
    if given is None or not given.isascii() or not given.isdecimal() or len(given) > 12:
        return None
    return int(given)


@inside("industry.catalogue")
def adopt(request: Request, catalogue_version: int) -> HttpResponse:
    """Show the whole of what would hold, then adopt exactly that."""
    row = _reviewed(request, catalogue_version)
    nodes, beside = queries.beside(row)
    form = AdoptForm(request.POST or None, initial=_printed(row))
    seen = request.POST.get("seen", "")
    done = form.done(lambda told: actions.adopt(request.viewer, row.pk, seen=seen, **told))
    if done:
        messages.success(request, _("Danh mục này có hiệu lực trong phần mềm từ bây giờ."))
        return redirect("industry:catalogue", row.catalogue_id)
    more = {
        "row": row,
        "form": form,
        "nodes": nodes,
        "beside": beside,
        "items": sum(not node.is_branch for node in nodes),
        "seen": fingerprint(nodes, beside),
        "is_first": not queries.live_items(row.catalogue_id).exists(),
        "wrong": sum(bool(node.wrong) for node in nodes),
        **_kinds(beside),
    }
    return render(request, "industry/catalogue/adopt.html", more)


def _printed(row: CatalogueVersion) -> dict[str, Any]:
    """Number and date as the paper itself says them, to be confirmed."""
    if not row.document:
        return {}
    found = read_header(Document.from_json(row.document))
    day = date.fromisoformat(found["date"]) if found["date"] else None
    return {"paper_number": found["number"] or "", "paper_date": day, "issuer": found["issuer"] or ""}


@inside("industry.catalogue")
def discard(request: Request, catalogue_version: int) -> HttpResponse:
    """Ask, then leave a version unadopted."""
    row = _version(request, catalogue_version)
    if request.method == "POST":
        actions.discard(request.viewer, row.pk)
        return redirect("industry:catalogue_bring")
    lines = [
        _("Bản đọc và mọi chỗ đã sửa không dùng nữa; tệp gốc vẫn được giữ."),
        _("Danh mục đang có không đổi."),
    ]
    more = {"title": _("Bỏ bản %(name)s?") % {"name": row.file.name}, "consequences": lines, "kind": "danger"}
    more |= {"back": reverse("industry:catalogue_review", args=[row.pk]), "action": _("Bỏ bản này")}
    return render(request, "components/confirm.html", more)
