"""What a preview showed, carried by the page itself until it is confirmed: signed, for one person and one hour."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer

KEPT_FOR = 3600  # seconds between the preview and the confirmation


def seal(viewer: Viewer, purpose: str, **values: Any) -> str:
    """Plain values as one signed text for a hidden field; `purpose` keeps kinds of previews apart."""
    return signing.dumps({"user": viewer.user, "values": values}, salt=purpose, compress=True)


def unseal(viewer: Viewer, purpose: str, text: str) -> dict[str, Any]:
    """The values of a preview. Raises Refused when it is too old, changed, or was another person's."""
    try:
        kept: dict[str, Any] = signing.loads(text, salt=purpose, max_age=KEPT_FOR)
    except signing.BadSignature as error:
        raise Refused(_("Bản xem trước đã để quá một giờ. Hãy tải tệp lên lại.")) from error
    if kept["user"] != viewer.user:
        raise Refused(_("Bản xem trước này do người khác tải lên."))
    values: dict[str, Any] = kept["values"]
    return values
