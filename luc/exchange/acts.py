"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, act

ACTS = [act("exchange.read", _("Đọc dữ liệu công khai bằng chương trình (API)"), {EVERYBODY}, "any")]
