"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import SIGNED_IN, act

ACTS = [
    act("territory.view", _("Tra cứu đơn vị hành chính"), {SIGNED_IN}, "any"),
]
