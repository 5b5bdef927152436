"""An enterprise in the registry: registered, said, handed in, verified, returned, withdrawn, merged."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from luc.agencies.models import Membership, Party
from luc.agencies.queries import party_choices, viewer_of
from luc.industry import actions, queries
from luc.industry.models import Contact, Enterprise, Offer, State, Suggestion, Value
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change, Mail, User
from luc.kernel.rights import STRANGER
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.papers.queries import content
from tests.cast import Side
from tests.industry import life


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def test_an_enterprise_is_found_by_everybody_only_when_it_was_verified(side: Side) -> None:
    viewer, row = life.register(side)
    offer = life.filled(side, viewer, row)
    assert not queries.public_enterprises().exists()
    assert not queries.kept(side.viewer("officer")).exists()
    handed = actions.hand_in(viewer, row.pk)
    assert [one.pk for one in handed] == [row.pk, offer.pk]
    assert list(queries.queue(side.viewer("officer"))) == [row]
    assert not queries.public_offers().exists()
    with pytest.raises(Refused, match="xác minh doanh nghiệp trước"):
        life.accept(side, offer)
    life.accept(side, row)
    life.accept(side, offer)
    found = queries.public_offers().get()
    assert (found.field.code, str(found.yearly), found.yearly_unit) == ("nuoc_thai", "7300.000", "m³/năm")
    told = {line.name: line for line in queries.shown(queries.public_enterprises().get()).lines}
    assert told["address"].text.startswith("12 đường Ba Mươi, Phường An Bình")
    assert (told["about"].source, told["about"].on) == ("Doanh nghiệp tự khai", today())
    assert (queries.by_field(), queries.by_kind()) == ({"nuoc_thai": 1}, {"thiet_bi": 1})
    assert queries.by_province() == {side.province.pk: 1}
    assert broken_links(side.tenant.pk) == []


def test_what_is_said_later_waits_and_what_was_verified_stays(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    actions.save(viewer, "offer", offer.pk, values={"about": "Bồn lọc bốn lớp.", "hs_code": "842121"})
    assert queries.public_offers().get().about == "Bồn lọc ba lớp."
    actions.hand_in(viewer, row.pk)
    life.accept(side, offer, hs_code="Thiếu hai số.")
    public = queries.public_offers().get()
    assert (public.about, public.hs_code, public.state) == ("Bồn lọc bốn lớp.", "", State.RETURNED)
    back = queries.open_of([offer])[offer.pk]
    assert {name: value.remark for name, value in back.items()} == {"hs_code": "Thiếu hai số."}
    assert Value.objects.filter(offer=offer, field="about").count() == 2


def test_a_first_entry_is_returned_whole(side: Side) -> None:
    viewer, row = life.register(side)
    life.filled(side, viewer, row)
    actions.hand_in(viewer, row.pk)
    life.accept(side, row, about="Quá ngắn.")
    row.refresh_from_db()
    assert (row.state, row.is_public, row.about) == (State.RETURNED, False, "")
    actions.save(viewer, "enterprise", row.pk, values={"about": "Dài hơn nhiều."})
    actions.hand_in(viewer, row.pk)
    life.accept(side, row)
    assert queries.public_enterprises().get().about == "Dài hơn nhiều."


def test_what_is_missing_is_named(side: Side) -> None:
    viewer, row = life.register(side)
    with pytest.raises(Refused, match=r"Công ty Xanh: .*Địa chỉ, Giới thiệu"):
        actions.hand_in(viewer, row.pk)
    life.filled(side, viewer, row)
    actions.add_offer(viewer, row.pk, name="Dịch vụ mới")
    with pytest.raises(Refused, match="Dịch vụ mới: Lĩnh vực, Loại, Mô tả"):
        actions.hand_in(viewer, row.pk)


def test_the_officer_verifies_what_was_shown(side: Side) -> None:
    viewer, row = life.register(side)
    life.filled(side, viewer, row)
    actions.hand_in(viewer, row.pk)
    row.refresh_from_db()
    seen = row.version
    actions.save(viewer, "enterprise", row.pk, values={"about": "Khác hẳn."})
    with pytest.raises(Conflict):
        actions.verify(side.viewer("officer"), "enterprise", row.pk, seen=seen)
    assert not queries.public_enterprises().exists()


def test_two_at_one_entry_overwrite_nothing(side: Side) -> None:
    viewer, row = life.register(side)
    row.refresh_from_db()
    actions.save(viewer, "enterprise", row.pk, values={"about": "một"}, seen=row.version)
    with pytest.raises(Conflict):
        actions.save(viewer, "enterprise", row.pk, values={"about": "hai"}, seen=row.version)


def test_registering_says_the_same_whether_the_code_is_known(side: Side) -> None:
    life.verified(side)
    before = User.objects.count()
    secret = life.apply(side, life.CODE, "la@khac.example.vn", origin="x")
    assert User.objects.count() == before
    user, second = actions.begin(
        STRANGER, secret=secret, name="Công ty Xanh", full_name="Người Lạ", password=life.PASSWORD
    )
    other = viewer_of(user.pk)
    assert (second.holds_code, second.is_public) == (False, False)
    assert list(queries.own(other)) == [second]
    life.filled(side, other, second)
    actions.hand_in(other, second.pk)
    with pytest.raises(Refused, match="đã có hồ sơ khác"):
        life.accept(side, second)
    with pytest.raises(Refused, match="đã được dùng"):
        actions.begin(STRANGER, secret=secret, name="x", full_name="y", password=life.PASSWORD)


def test_an_address_with_an_account_is_told_so_by_mail_only(side: Side) -> None:
    life.register(side)
    life.apply(side, life.OTHER_CODE)
    assert "đăng nhập bằng tài khoản đã có" in Mail.objects.latest("pk").body


def test_trying_often_is_refused(side: Side) -> None:
    for number in range(10):
        life.apply(side, mail=f"{number}@a.example.vn", origin="one")
    with pytest.raises(Refused, match="sau một giờ"):
        life.apply(side, mail="11@a.example.vn", origin="one")
    for number in range(3):
        life.apply(side, mail="same@a.example.vn", origin=f"other {number}")
    with pytest.raises(Refused, match="sau một giờ"):
        life.apply(side, mail="same@a.example.vn", origin="other 4")


def test_people_of_an_enterprise_stand_outside_the_tenant(side: Side) -> None:
    viewer, row = life.register(side)
    assert viewer.tenants == frozenset()
    assert viewer.parties_for("industry.own") == {row.party_id}
    assert not viewer.may("agencies.view", tenant=side.tenant.pk)
    assert not viewer.may("plans.view")
    assert "Công ty Xanh" not in str(party_choices(side.viewer("officer"), today()))


def test_another_enterprise_sees_and_changes_nothing(side: Side) -> None:
    _viewer, row, offer = life.verified(side)
    other, _second = life.register(side, life.OTHER_CODE, "b@b.example.vn", "Công ty Khác")
    with pytest.raises(Enterprise.DoesNotExist):
        actions.save(other, "enterprise", row.pk, values={"about": "x"})
    with pytest.raises(Offer.DoesNotExist):
        actions.withdraw(other, "offer", offer.pk)
    with pytest.raises(Enterprise.DoesNotExist):
        actions.save(STRANGER, "enterprise", row.pk, values={"about": "x"})


def test_merging_orphans_nothing(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    user, second = actions.begin(
        STRANGER,
        secret=life.apply(side, life.CODE, "moi@xanh.example.vn"),
        name="Công ty Xanh",
        full_name="Người Mới",
        password=life.PASSWORD,
    )
    new = viewer_of(user.pk)
    life.filled(side, new, second)
    actions.save(new, "enterprise", second.pk, values={"founded": 2011})
    actions.hand_in(new, second.pk)
    assert queries.doubles(second) == [row]
    actions.merge(side.viewer("officer"), second.pk, into=row.pk, reason="cùng mã số thuế")
    second.refresh_from_db()
    assert (second.state, second.merged_into_id, second.is_public) == (State.MERGED, row.pk, False)
    assert set(queries.own(viewer_of(user.pk))) == {row}
    assert set(queries.own(viewer)) == {row}
    assert set(row.offers.values_list("pk", flat=True)) > {offer.pk}
    assert queries.open_of([row])[row.pk]["founded"].value == 2011
    with pytest.raises(Refused, match="gộp rồi"):
        actions.merge(side.viewer("officer"), second.pk, into=row.pk, reason="lại")


def test_a_code_is_held_once(side: Side) -> None:
    _viewer, row = life.register(side)
    _second, other = life.register(side, life.OTHER_CODE, "b@b.example.vn")
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Enterprise.objects.filter(pk=other.pk).update(tax_code=row.tax_code)


def test_a_branch_leads_to_its_head(side: Side) -> None:
    _viewer, head = life.register(side, "0104297034", "a@a.example.vn")
    _other, branch = life.register(side, "0104297034-001", "b@b.example.vn")
    assert (branch.head_id, branch.holds_code) == (head.pk, True)


def test_a_household_number_is_shown_to_nobody(side: Side) -> None:
    life.verified(side, "092090001234")
    row = queries.public_enterprises().get()
    assert queries.shown(row).tax_code == ""


def test_a_contact_is_there_while_consent_holds(side: Side) -> None:
    viewer, row, _offer = life.verified(side)
    given = {
        "name": "Trần Thị Xanh",
        "position": "Giám đốc",
        "phone": "0912 345 678",
        "mail": "x@x.example.vn",
    }
    with pytest.raises(Refused, match="khi bạn đồng ý"):
        actions.give_contact(viewer, row.pk, **given, agreed=False)
    with pytest.raises(Enterprise.DoesNotExist):
        actions.give_contact(side.viewer("officer"), row.pk, **given, agreed=True)
    actions.give_contact(viewer, row.pk, **given, agreed=True)
    contact = queries.shown(queries.public_enterprises().get()).contact
    assert contact is not None
    assert (contact.phone, contact.agreed_by_id, contact.agreed_to[:14]) == (
        "0912 345 678",
        viewer.user,
        "Tôi đồng ý để ",
    )
    actions.withdraw_contact(viewer, row.pk)
    assert queries.shown(queries.public_enterprises().get()).contact is None
    kept = Contact.objects.get()
    assert (kept.name, kept.phone, kept.withdrawn_by_id) == ("", "", viewer.user)
    assert "0912" not in str(list(Change.objects.values_list("before", "after")))


def test_pictures_are_made_anew_and_seen_when_verified(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    picture = actions.add_picture(viewer, offer.pk, data=life.photograph((3000, 2000)), words="Bồn lọc")
    kept = Image.open(io.BytesIO(content(picture.large)))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (1600, 1067), {})
    assert b"Nokia" not in content(picture.large)
    assert max(Image.open(io.BytesIO(content(picture.small))).size) == 400
    assert queries.shown(offer).pictures == []
    actions.hand_in(viewer, row.pk)
    life.accept(side, offer)
    assert queries.shown(offer).pictures == [picture]
    actions.remove_picture(viewer, offer.pk, picture.pk)
    assert queries.shown(offer).pictures == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, side: Side) -> None:
    viewer, _row, offer = life.verified(side)
    with pytest.raises(Refused):
        actions.add_picture(viewer, offer.pk, data=data, words="x")
    with pytest.raises(Refused, match="quá nhỏ"):
        actions.add_picture(viewer, offer.pk, data=life.photograph((900, 20)), words="x")


def test_only_papers_are_sheets(side: Side) -> None:
    viewer, _row, offer = life.verified(side)
    with pytest.raises(Refused, match="PDF"):
        actions.add_sheet(viewer, offer.pk, name="a.pdf", data=b"<html>")
    assert actions.add_sheet(viewer, offer.pk, name="a.pdf", data=b"%PDF-1.7 x").file.name == "a.pdf"


def test_a_board_sees_its_park_and_nobodys_drafts(side: Side) -> None:
    officer, board = side.viewer("officer"), side.parties["board"]
    park = actions.add_park(
        officer, tenant=side.tenant.pk, kind="park", name="Khu công nghiệp Trà Nóc", board=board.pk
    )
    viewer, row, offer = life.verified(side)
    with writing():
        user = User.objects.create(username="board.clerk", full_name="Người của Ban")
        Membership.objects.create(
            tenant=side.tenant, user=user, party=board, role="clerk", valid_from=today()
        )
    manager = viewer_of(user.pk)
    assert not queries.kept(manager).exists()
    actions.save(viewer, "enterprise", row.pk, values={"park": park.pk})
    assert not queries.kept(manager).exists()
    actions.hand_in(viewer, row.pk)
    life.accept(side, row)
    assert list(queries.kept(manager)) == [row]
    actions.save(viewer, "offer", offer.pk, values={"about": "đang viết"})
    offer.refresh_from_db()
    assert not queries.sees_open(manager, offer, row)
    with pytest.raises(Refused, match="đang sửa"):
        actions.save(manager, "offer", offer.pk, values={"about": "của Ban"})
    actions.save(manager, "enterprise", row.pk, values={"size": "large"})
    assert queries.open_of([row])[row.pk]["size"].source == "Ban Quản lý các khu công nghiệp"
    with pytest.raises(NotAllowed):
        actions.verify(manager, "enterprise", row.pk, seen=1)


def test_an_agency_keeps_what_it_entered(side: Side) -> None:
    clerk = side.viewer("clerk_finance")
    finance = side.parties["finance"].pk
    row = actions.add_enterprise(clerk, keeper=finance, tax_code=life.CODE, name="Công ty Xanh")
    assert list(queries.kept(clerk)) == [row]
    assert not queries.kept(side.viewer("clerk_science")).exists()
    with pytest.raises(Refused, match="chưa công khai"):
        actions.add_enterprise(clerk, keeper=finance, tax_code=life.CODE, name="Khác")
    with pytest.raises(Party.DoesNotExist):
        actions.add_enterprise(
            clerk, keeper=side.parties["science"].pk, tax_code=life.OTHER_CODE, name="Khác"
        )
    actions.save(clerk, "enterprise", row.pk, values=life.entry(side))
    actions.hand_in(clerk, row.pk)
    life.accept(side, row)
    assert queries.shown(queries.public_enterprises().get()).lines[0].source == "Sở Tài chính"


def test_what_is_withdrawn_is_gone_and_comes_back_verified(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    actions.withdraw(viewer, "enterprise", row.pk, reason="ngừng")
    assert not queries.public_enterprises().exists()
    assert not queries.public_offers().exists()
    actions.save(viewer, "enterprise", row.pk, values={"about": "trở lại"})
    actions.hand_in(viewer, row.pk)
    life.accept(side, row)
    assert queries.public_enterprises().get().about == "trở lại"
    assert queries.public_offers().get() == offer


def test_anybody_suggests_and_an_officer_settles(side: Side) -> None:
    _viewer, row, offer = life.verified(side)
    said = actions.suggest(STRANGER, row.pk, offer=offer.pk, field="about", text="Sai số.", origin="x")
    assert list(queries.suggestions(side.viewer("officer"))) == [said]
    with pytest.raises(Suggestion.DoesNotExist):
        actions.settle(side.viewer("clerk_finance"), said.pk, taken=True)
    with pytest.raises(Refused, match="lý do"):
        actions.settle(side.viewer("officer"), said.pk, taken=False)
    actions.settle(side.viewer("officer"), said.pk, taken=True)
    with pytest.raises(Conflict):
        actions.settle(side.viewer("officer"), said.pk, taken=True)
    actions.withdraw(side.viewer("officer"), "enterprise", row.pk, reason="sai")
    with pytest.raises(Enterprise.DoesNotExist):
        actions.suggest(STRANGER, row.pk, text="Sai số.", origin="x")
