"""The rights over signed and issued papers."""

from django.utils.translation import gettext_lazy as _

from luc.issuing.acts import AGENCY, FOCAL, LEADERS
from luc.kernel.rights import act

ACTS = [
    act("issuing.issue", _("Tải bản đã ký lên đối chiếu, ban hành, đính chính"), FOCAL, "own"),
    act(
        "issuing.issued",
        _("Xem văn bản đã ban hành, nguồn của từng số, điều đã nói và điều biết sau"),
        AGENCY | FOCAL | LEADERS | {"administrator", "ministry_reader"},
    ),
]
