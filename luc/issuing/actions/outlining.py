"""The outline of the report of a regime: settled by its officer, or the default again."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.models import Outline
from luc.issuing.outlines import Heading, checked
from luc.kernel.errors import Conflict
from luc.kernel.history import action
from luc.kernel.rights import Viewer


def save_outline(viewer: Viewer, regime: int, *, version: int, headings: Iterable[Heading]) -> Outline:
    """Settle the outline of a regime. Raises Regime.DoesNotExist, NotAllowed, Conflict, Refused as outlines.checked."""
    return _keep(viewer, regime, version, [row.as_plain() for row in checked(headings)])


def reset_outline(viewer: Viewer, regime: int, *, version: int) -> Outline:
    """Take the default again. Raises Regime.DoesNotExist, NotAllowed, Conflict."""
    return _keep(viewer, regime, version, None)


def _keep(viewer: Viewer, regime: int, version: int, sections: list[dict[str, object]] | None) -> Outline:
    of = queries.regimes(viewer).get(pk=regime)
    with action(viewer, "issuing.draft", tenant=of.tenant_id) as acting:
        row = Outline.objects.select_for_update().filter(regime=of).first()
        if (row.version if row else 0) != version:
            raise Conflict(_("Có người vừa sửa đề cương này; hãy tải lại trang rồi sửa."))
        if row is None:
            return acting.create(Outline(tenant_id=of.tenant_id, regime=of, sections=sections, version=1))
        return acting.change(row, sections=sections, version=row.version + 1)
