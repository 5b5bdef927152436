"""`luc init --province 92`, `luc init --ministry BCT --name "Bộ Công Thương"`: sets up a tenant, invites its first
administrator. Repeatable."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django_scopes import scope

from luc.agencies import queries
from luc.agencies.actions import invite, withdraw_invitation
from luc.agencies.actions.founding import set_up
from luc.agencies.founding import Start, start_of, start_of_ministry
from luc.agencies.models import Membership, Party, Role
from luc.kernel.errors import Refused
from luc.kernel.models import Tenant
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.kernel.writing import writing
from luc.territory.models import Unit
from luc.territory.queries import country, knows_communes, provinces, unit_by_code


class Command(BaseCommand):
    help = "Lập dữ liệu ban đầu của một tỉnh hoặc một bộ và mời người quản trị đầu tiên. Chạy lại không làm mất gì."

    def add_arguments(self, parser: CommandParser) -> None:
        """The province by its code, or the ministry by code and name; and who administers."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--province", help="mã tỉnh, thành phố, ví dụ 92")
        whose.add_argument("--ministry", help="tên viết tắt của bộ, ví dụ BCT")
        parser.add_argument("--name", default="", help="tên đầy đủ của bộ, ví dụ “Bộ Công Thương”")
        parser.add_argument("--administrator", default="", help="họ và tên người quản trị")
        parser.add_argument("--mail", default="", help="thư điện tử của người quản trị")
        address = next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
        parser.add_argument("--address", default=address, help="địa chỉ mở chương trình bằng trình duyệt")

    def handle(self, **options: Any) -> None:
        """Set up and invite. Raises CommandError for an unknown province, a nameless ministry, missing data."""
        if options["ministry"]:
            code, start = options["ministry"].strip()[:20], self._ministry(options)
        else:
            code, start = options["province"], self._province(options)
        found = Tenant.objects.filter(code=code).values_list("pk", flat=True)
        with scope(tenant=list(found)):
            founded = set_up(code, start)
        self.stdout.write(f"{start.name}: {founded.parties} cơ quan, đơn vị, nhóm; thêm mới {founded.made}.")
        if options["province"] and not knows_communes():
            self.stdout.write(
                "Chưa có bảng chuyển đổi xã, phường: kế hoạch cũ sẽ hỏi ràng buộc những xã nào."
            )
        with scope(tenant=[founded.tenant.pk]):
            self._invite(founded.tenant, options)

    def _province(self, options: dict[str, Any]) -> Start:
        province = unit_by_code(Unit.Level.PROVINCE, options["province"], today())
        if province is None:
            raise CommandError("Không có tỉnh mang mã này. Hãy chạy “luc load” trước, rồi xem lại mã tỉnh.")
        try:
            return start_of(province, settings.REFDATA)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"Không đọc được dữ liệu nền ở {settings.REFDATA}: {error!r}") from error

    def _ministry(self, options: dict[str, Any]) -> Start:
        of_today = list(provinces(today()))
        if not options["name"].strip():
            raise CommandError("Hãy cho biết tên đầy đủ của bộ: --name “Bộ …”.")
        if not of_today:
            raise CommandError("Chưa có danh mục tỉnh, thành phố. Hãy chạy “luc load” trước.")
        with writing():
            whole = country()
        return start_of_ministry(options["name"].strip()[:250], options["ministry"].strip(), whole, of_today)

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
                party=_office(viewer, tenant).pk,
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


def _office(viewer: Viewer, tenant: Tenant) -> Party:
    """The body that administers at first: the office of the People's Committee, else committee or ministry itself."""
    there = queries.existing(viewer, today())
    office = there.filter(
        kind=Party.Kind.DEPARTMENT, search_key__startswith="van phong uy ban nhan dan"
    ).first()
    found = office or there.filter(search_key=search_key(tenant.name)).first()
    if found is None:
        raise CommandError("Chưa có cơ quan nào.")
    return found
