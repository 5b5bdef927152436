"""`luc init --province 92`: sets up a province and invites its first administrator. Repeatable."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django_scopes import scope

from luc.agencies import queries
from luc.agencies.actions import invite, withdraw_invitation
from luc.agencies.actions.founding import set_up
from luc.agencies.founding import start_of
from luc.agencies.models import Membership, Party, Role
from luc.kernel.errors import Refused
from luc.kernel.models import Tenant
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on
from luc.territory.models import Unit
from luc.territory.queries import knows_communes, unit_by_code


class Command(BaseCommand):
    help = "Lập dữ liệu ban đầu của một tỉnh và mời người quản trị đầu tiên. Chạy lại không làm mất gì."

    def add_arguments(self, parser: CommandParser) -> None:
        """The province by its code, and who administers."""
        parser.add_argument("--province", required=True, help="mã tỉnh, thành phố, ví dụ 92")
        parser.add_argument("--administrator", default="", help="họ và tên người quản trị")
        parser.add_argument("--mail", default="", help="thư điện tử của người quản trị")
        address = next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
        parser.add_argument("--address", default=address, help="địa chỉ mở chương trình bằng trình duyệt")

    def handle(self, **options: Any) -> None:
        """Set up and invite. Raises CommandError for an unknown province or missing reference data."""
        province = unit_by_code(Unit.Level.PROVINCE, options["province"], today())
        if province is None:
            raise CommandError("Không có tỉnh mang mã này. Hãy chạy “luc load” trước, rồi xem lại mã tỉnh.")
        try:
            start = start_of(province, settings.REFDATA)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"Không đọc được dữ liệu nền ở {settings.REFDATA}: {error!r}") from error
        found = Tenant.objects.filter(code=province.code).values_list("pk", flat=True)
        with scope(tenant=list(found)):
            founded = set_up(province.code, start)
        self.stdout.write(f"{start.name}: {founded.parties} cơ quan, đơn vị, nhóm; thêm mới {founded.made}.")
        if not knows_communes():
            self.stdout.write(
                "Chưa có bảng chuyển đổi xã, phường: kế hoạch cũ sẽ hỏi ràng buộc những xã nào."
            )
        with scope(tenant=[founded.tenant.pk]):
            self._invite(founded.tenant, options)

    def _invite(self, tenant: Tenant, options: dict[str, Any]) -> None:
        held = Membership.objects.filter(valid_on(today()), tenant=tenant, role=Role.ADMINISTRATOR)
        if held.exists():
            self.stdout.write("Đã có người quản trị; mời thêm người trên trang Con người.")
            return
        viewer = Viewer.for_system(tenant.pk)
        for waiting in queries.waiting(queries.invitations(viewer).filter(role=Role.ADMINISTRATOR)):
            withdraw_invitation(viewer, waiting.pk)
        path = reverse("agencies:accept", args=["SECRET"]).replace("SECRET", "{secret}")
        try:
            issued = invite(
                viewer,
                party=_office(viewer).pk,
                role=Role.ADMINISTRATOR,
                full_name=options["administrator"] or "Quản trị hệ thống",
                email=options["mail"],
                address=options["address"].rstrip("/") + path,
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(
            f"Mời người quản trị {issued.invitation.full_name}: mở đường dẫn sau để đặt tên đăng nhập"
            f" và mật khẩu (dùng một lần, trong 14 ngày):\n\n    {issued.link}\n"
        )


def _office(viewer: Viewer) -> Party:
    """The body that administers at first: the office of the People's Committee, else the committee."""
    there = queries.existing(viewer, today())
    committee = there.filter(kind=Party.Kind.PROVINCE).first()
    office = there.filter(
        kind=Party.Kind.DEPARTMENT, search_key__startswith="van phong uy ban nhan dan"
    ).first()
    found = office or committee
    if found is None:
        raise CommandError("Chưa có cơ quan nào của tỉnh.")
    return found
