"""Correcting what was read: an item changed, added, dropped, taken back. What was read stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.plans import intake, queries, suggest
from luc.plans.actions.reviewing import check_version, keep, reviewing
from luc.plans.fields import BY_NAME, HEADER, Section, empty_item
from luc.plans.intake import Content, Item
from luc.plans.models import Match, Reading
from luc.plans.queries.readings import paper_date
from luc.plans.reading_job import matches


def correct(viewer: Viewer, reading: int, *, key: str, values: Mapping[str, Any], version: int) -> bool:
    """Set fields of one item; True when something changed. `version` is that of the reading as the person saw it.

    Raises Refused for an unknown item or field or for an empty required one; Conflict when somebody else changed
    this very item since.
    """
    seen = queries.review(viewer, reading)
    section, item = _found(seen.content, key)
    new = _checked(section, values)
    if all(item[name] == value for name, value in new.items()):
        return False
    fresh = _new_matches(seen, new, section)
    with reviewing(viewer, reading) as (acting, row):
        section, item = _found(row.content or {}, key)
        check_version(item, version)
        before = {name: item[name] for name, value in new.items() if item[name] != value}
        after = {name: new[name] for name in before}
        item.update(after, changed=row.version + 1)
        _save(acting, row, item, fresh, {"key": key, **before}, {"key": key, **after})
    return True


def add(viewer: Viewer, reading: int, *, section: str, values: Mapping[str, Any]) -> str:
    """Add an item that was not read; returns its key. It stands after the last of its group."""
    kind = BY_NAME[section]
    new = _checked(kind, values, whole=True)
    seen = queries.review(viewer, reading)
    fresh = _new_matches(seen, new, kind)
    with reviewing(viewer, reading) as (acting, row):
        content: Content = row.content or {}
        key = f"{kind.prefix}-them-{row.version + 1}"
        item = {**empty_item(kind), **new, "key": key, "changed": row.version + 1, "places": []}
        if "group" in new:
            item["source"] = "appendix" if section == "tasks" and _has_appendix(content) else "body"
        content[section].insert(_place_for(content[section], new.get("group")), item)
        _save(acting, row, item, fresh, {"key": key}, {"key": key, "added": section, **new})
    return key


def drop(viewer: Viewer, reading: int, *, key: str, version: int) -> None:
    """Leave an item out; what was read of it stays, and `restore` brings it back."""
    with reviewing(viewer, reading) as (acting, row):
        section, item = _found(row.content or {}, key)
        if section is HEADER:
            raise Refused(_("Phần đầu văn bản không bỏ được, chỉ sửa được."))
        check_version(item, version)
        (row.content or {})[section.name].remove(item)
        kept = {name: value for name, value in item.items() if name not in {"changed", "places"}}
        _save(acting, row, item, [], {**kept, "key": key}, {"key": key, "dropped": section.name})


def restore(viewer: Viewer, reading: int, *, key: str) -> None:
    """Bring a dropped item back as it was read, at its old place."""
    with reviewing(viewer, reading) as (acting, row):
        content: Content = row.content or {}
        try:
            section, item = intake.find(intake.content_of(row.read), key)
        except KeyError:
            raise Refused(_("Không có mục này trong bản máy đã đọc.")) from None
        if any(there["key"] == key for there in content[section.name]):
            raise Refused(_("Mục này đang có trong bản rà soát."))
        order = [read["key"] for read in intake.content_of(row.read)[section.name]]
        before = set(order[: order.index(key)])
        place = sum(there["key"] in before for there in content[section.name])
        item["changed"] = row.version + 1
        content[section.name].insert(place, item)
        _save(acting, row, item, [], {"key": key}, {"key": key, "restored": section.name})


def _found(content: Content, key: str) -> tuple[Section, Item]:
    try:
        return intake.find(content, key)
    except KeyError:
        raise Conflict(_("Mục này không còn trong bản rà soát: có người vừa bỏ nó.")) from None


def _checked(section: Section, values: Mapping[str, Any], whole: bool = False) -> dict[str, Any]:
    """The values of known fields; required ones are not empty (all of them when the item is new)."""
    known = {field.name: field for field in section.fields}
    wrong = {name: _("Không có trường này.") for name in values if name not in known}
    for name, field in known.items():
        if field.required and (whole or name in values) and not values.get(name):
            wrong[name] = _("Chưa có nội dung.")
    if wrong:
        raise Refused(_("Chưa lưu được: hãy sửa những chỗ đã đánh dấu."), wrong)
    return dict(values)


def _new_matches(seen: queries.Review, new: Mapping[str, Any], section: Section) -> list[Match]:
    """Matches for names that were not in the reading before; looked up before the transaction opens."""
    probe = {"key": "", **empty_item(section), **new}
    empty: Content = {"header": {**empty_item(HEADER), "key": ""}}
    empty |= {name: [] for name in BY_NAME if name != "header"}
    if section is HEADER:
        return []
    names = intake.printed_names({**empty, section.name: [probe]})
    unknown = [name for name in names if name not in seen.matches]
    return matches(seen.reading, unknown, paper_date(seen.content)) if unknown else []


def _save(
    acting: Acting,
    row: Reading,
    item: Item,
    fresh: list[Match],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    Match.objects.bulk_create(fresh, ignore_conflicts=True)
    row.choices = suggest.after_change(row.content or {}, row.choices, item)
    keep(acting, row, before, after, "content", "choices")


def _has_appendix(content: Content) -> bool:
    return any(task["source"] == "appendix" for task in content["tasks"])


def _place_for(items: list[Item], group: str | None) -> int:
    last = [n for n, item in enumerate(items, 1) if group and item.get("group") == group]
    return last[-1] if last else len(items)
