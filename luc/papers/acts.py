"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import SIGNED_IN, act

ACTS = [
    act("papers.view", _("Tải tệp mình đã đưa lên, và tệp gốc của kế hoạch mình được xem"), {SIGNED_IN}),
    act("papers.legal", _("Xem danh mục văn bản pháp lý"), {SIGNED_IN}, "any"),
]
