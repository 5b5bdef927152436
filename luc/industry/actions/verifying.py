"""The officer judges what was handed in, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from luc.industry.actions.editing import row_of
from luc.industry.fields import Axes
from luc.industry.models import Enterprise, Entry, Picture, Sheet, State
from luc.industry.saying import enterprise_of, lock, standing
from luc.industry.saying import verify as make_true
from luc.industry.searching import touched
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now


def verify(
    viewer: Viewer, kind: str, pk: int, *, seen: int, remarks: Mapping[str, str] | None = None
) -> Entry:
    """Make an entry true and public as it was shown, but for the fields with a remark, which go back.

    Raises DoesNotExist, NotAllowed, Conflict (it moved on), Refused (it does not wait, something is missing, another
    entry holds the tax code: merge them).
    """
    row = row_of(viewer, kind, pk)
    told = {name: words.strip() for name, words in (remarks or {}).items() if words.strip()}
    with action(viewer, "industry.verify", tenant=row.tenant_id) as acting:
        locked = lock(row, seen)
        if locked.state != State.WAITING:
            raise Refused(_("Mục này không chờ kiểm tra."))
        _must_be_alone(locked, told)
        open_ = standing([locked])[locked.pk]
        if unknown := told.keys() - open_.keys():
            raise Refused(
                _("Chỉ trả lại được nội dung mới khai: %(fields)s.") % {"fields": ", ".join(unknown)}
            )
        make_true(acting, locked, open_, told, Axes())
        if kind == "offer" and not told:
            _show_files(acting, locked)
        touched(locked)
    return locked


def _must_be_alone(entry: Entry, remarks: Mapping[str, str]) -> None:
    if isinstance(entry, Enterprise):
        if not entry.holds_code and not remarks:
            raise Refused(_("Mã số thuế này đã có hồ sơ khác. Hãy so sánh và gộp hai hồ sơ."))
    elif not remarks and not enterprise_of(entry).is_public:
        raise Refused(_("Hãy xác minh doanh nghiệp trước, rồi đến hàng hóa."))


def _show_files(acting: Acting, offer: Entry) -> None:
    for model in (Picture, Sheet):
        rows = model.objects.filter(offer=offer.pk, removed_at=None, verified_at=None)
        if count := rows.update(verified_at=now()):
            acting.log(offer, None, {model.__name__.lower(): count})
