"""The rights of the letters beside those of the room."""

from django.utils.translation import gettext_lazy as _

from luc.issuing.acts import AGENCY
from luc.kernel.rights import act

ACTS = [
    act("issuing.own_report", _("Tải báo cáo đã gửi của đơn vị mình thành văn bản"), AGENCY, "own"),
]
