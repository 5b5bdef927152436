"""A signed paper comes back: compared, refused where anything drifted, issued for ever."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from luc.issuing.issued.actions import issue
from luc.issuing.issued.models import Issued, Use
from luc.issuing.models import Draft
from luc.issuing.signed import actions as signing
from luc.issuing.signed.models import SignedFile
from luc.issuing.signed.queries import checked
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Job
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.reporting import actions as reporting
from luc.rounds.models import Submission
from tests.cast import Cast, Side
from tests.issuing.life import drafted
from tests.issuing.signing import as_word, brought, by_certificate, issued, kept, printed, replaced
from tests.vanban.signed.signing import authority, person, revocations, signed


@pytest.fixture
def trusted(settings: Settings, tmp_path: Path) -> Path:
    """The trust list names the authority of the tests."""
    (tmp_path / "ca.pem").write_bytes(authority().pem)
    (tmp_path / "thu-hoi.crl").write_bytes(revocations())
    (tmp_path / "doc-toi.txt").write_text("not a certificate, and not looked at")
    settings.TRUST = tmp_path
    return tmp_path


def number_of(row: SignedFile) -> str:
    return str(row.head["number"])


def put_out(side: Side, row: SignedFile, **more: object) -> Issued:
    typed: dict[str, object] = {"number": number_of(row), "date": today()}
    return issue(side.viewer("officer"), row.pk, **(typed | more))  # type: ignore[arg-type]


def test_a_paper_signed_by_certificate_is_issued_without_anything_to_confirm(
    here: Side, trusted: Path
) -> None:
    draft = drafted(here)
    version = kept(here, draft)
    row = brought(here, version, by_certificate(version), "da-ky.pdf")
    found = checked(row)
    assert row.state == SignedFile.State.CHECKED
    assert found.count > 10
    assert found.differences == []
    assert found.blocking == []
    assert found.signature_to_confirm == ""
    out = put_out(here, row)
    assert out.number == row.head["number"]
    assert out.sha256 == row.file.sha256
    assert "Nguyễn Văn Mẫu" in out.signature
    assert "danh sách tin cậy" in out.signature
    assert "Chưa bị thu hồi" in out.signature
    draft.refresh_from_db()
    assert draft.state == Draft.State.ISSUED
    uses = Use.objects.filter(issued=out)
    assert uses.filter(cell="").exists()
    assert uses.exclude(cell="").exists()
    assert set(uses.values_list("submission", flat=True)) == set(
        Submission.objects.values_list("pk", flat=True)
    )
    with pytest.raises(Refused, match="đã ban hành"):
        put_out(here, SignedFile.objects.get(pk=row.pk))


def test_one_digit_changed_is_caught(here: Side, trusted: Path) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, as_word(version, lambda data: replaced(data, "72,5", "72,6")))
    [drifted] = checked(row).drifted
    assert (drifted.before, drifted.after) == ("72,5", "72,6")
    assert "Nước thải sinh hoạt" in drifted.around  # of which row it is
    with pytest.raises(Refused, match=r"Số 72,5 trong bản trình ký, bản đã ký ghi 72,6") as refused:
        put_out(here, row, vouched=True, confirmed=[drifted.no])
    assert refused.value.message.startswith("Chưa ban hành được")
    assert not Issued.objects.exists()


def test_one_digit_changed_after_signing_breaks_the_signature_too(here: Side, trusted: Path) -> None:
    version = kept(here, drafted(here))
    data = by_certificate(version)
    at = next(match.end() for match in re.finditer(rb"stream\r?\n", data)) + 40
    row = brought(here, version, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], "da-ky.pdf")
    found = checked(row)
    assert any("không còn đúng như lúc ký" in words for words in found.blocking)
    with pytest.raises(Refused, match="chữ ký không khớp"):
        put_out(here, row, vouched=True, confirmed=[one.no for one in found.differences])


def test_a_signer_nobody_knows_is_for_a_person_to_vouch_for(here: Side, settings: Settings) -> None:
    version = kept(here, drafted(here))
    settings.TRUST = None
    row = brought(here, version, by_certificate(version), "da-ky.pdf")
    found = checked(row)
    assert found.blocking == []
    assert "chưa xác nhận được người ký" in found.signature_to_confirm
    with pytest.raises(Refused, match="Chưa xác nhận chữ ký"):
        put_out(here, row)
    out = put_out(here, row, vouched=True)
    assert "hệ thống chưa có danh sách tin cậy" in out.signature
    assert out.confirmed == [found.signature_to_confirm]


def test_a_revoked_certificate_issues_nothing(here: Side, trusted: Path) -> None:
    lost = person("Đã thu hồi", authority())
    (trusted / "thu-hoi.crl").write_bytes(revocations(lost))
    version = kept(here, drafted(here))
    row = brought(here, version, signed(printed(version), lost), "da-ky.pdf")
    with pytest.raises(Refused, match="đã bị thu hồi"):
        put_out(here, row, vouched=True)


def test_signed_on_paper_a_person_confirms_it(here: Side) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, as_word(version))
    found = checked(row)
    assert found.signatures == []
    assert "không có chữ ký số" in found.signature_to_confirm
    with pytest.raises(Refused, match="Chưa xác nhận chữ ký"):
        put_out(here, row)
    assert put_out(here, row, vouched=True).signature == "Ký trên giấy; không có chữ ký số."


def test_words_changed_by_the_pen_are_confirmed_one_by_one(here: Side) -> None:
    version = kept(here, drafted(here))
    row = brought(
        here, version, as_word(version, lambda data: replaced(data, "Trên đây là", "Trên đây xin gửi"))
    )
    [change] = checked(row).reworded
    assert (change.before, change.after) == ("là", "xin gửi")
    with pytest.raises(Refused, match="1 chỗ khác bản trình ký"):
        put_out(here, row, vouched=True)
    out = put_out(here, row, vouched=True, confirmed=[change.no])
    assert any("«là» → «xin gửi»" in words for words in out.confirmed)


def test_a_number_that_drifted_since_signing_blocks_issuing(here: Side) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, as_word(version))
    submission = Submission.objects.get(obligation__party=here.parties["finance"])
    reporting.reopen(here.viewer("officer"), submission.pk, reason="nhầm số")
    with pytest.raises(Refused, match="Chưa ban hành được"):
        put_out(here, row, vouched=True)


def test_number_and_day_are_those_of_the_paper(here: Side) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, as_word(version))
    with pytest.raises(Refused, match="Văn bản ghi số 215"):
        put_out(here, row, vouched=True, number="216/BC-SCT")
    with pytest.raises(Refused, match="Văn bản ghi ngày"):
        put_out(
            here, row, vouched=True, date=today().replace(day=1 if today().day > 1 else 2).replace(year=2025)
        )
    with pytest.raises(Refused, match="Chưa có số"):
        put_out(here, row, vouched=True, number=" ")


def test_an_issued_paper_is_never_changed_only_corrected_by_another(here: Side) -> None:
    first = drafted(here)
    wrong = issued(here, first)
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        Issued.objects.filter(pk=wrong.pk).update(number="1/BC")
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        Use.objects.all().delete()
    assert first.cycle is not None
    again = drafted(here, first.cycle)
    with pytest.raises(Refused, match="lý do đính chính"):
        issued(here, again, number="216", corrects=wrong.pk)
    row = SignedFile.objects.get(version__draft=again, state=SignedFile.State.CHECKED)
    out = put_out(here, row, vouched=True, corrects=wrong.pk, reason="ghi nhầm chỉ tiêu")
    assert out.corrects == wrong
    assert Issued.objects.get(pk=wrong.pk).corrected_by == out


def test_only_the_own_agency_brings_and_issues(here: Side, cast: Cast) -> None:
    version = kept(here, drafted(here))
    for person_ in ("leader", "clerk_finance"):
        with pytest.raises((NotAllowed, version.DoesNotExist)):
            signing.upload(here.viewer(person_), version.pk, name="a.pdf", data=b"%PDF-1.4")
    with pytest.raises(version.DoesNotExist):
        signing.upload(cast.there.viewer("officer"), version.pk, name="a.pdf", data=b"%PDF-1.4")
    with pytest.raises(Refused, match="không phải PDF"):
        signing.upload(here.viewer("officer"), version.pk, name="a.gif", data=b"GIF89a")


def test_a_file_that_cannot_be_read_is_told_and_another_can_be_brought(here: Side) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, b"%PDF-1.4 nothing in it", "hong.pdf")
    assert row.state == SignedFile.State.WAITING
    assert Job.objects.get(pk=row.job_id).state == Job.State.FAILED
    assert brought(here, version, as_word(version)).state == SignedFile.State.CHECKED


def test_the_pages_from_upload_to_issued(here: Side, trusted: Path) -> None:
    version = kept(here, drafted(here))
    client = Client()
    client.force_login(here.people["officer"])
    address = reverse("signed:upload", args=[version.pk])
    assert client.get(address).status_code == 200
    file = io.BytesIO(as_word(version, lambda data: replaced(data, "Trên đây là", "Trên đây xin gửi")))
    file.name = "da-ky.docx"
    assert client.post(address, {"file": file}).status_code == 302
    row = SignedFile.objects.get()
    shown = reverse("signed:signed", args=[row.pk])
    page = client.get(shown).content.decode()
    assert "xin gửi" in page
    assert "bản ký trên giấy" in page
    typed = {"number": number_of(row), "date": f"{today():%d/%m/%Y}", "vouched": "on"}
    refused = client.post(shown, typed)
    assert refused.status_code == 422
    assert "chưa được xem và xác nhận" in refused.content.decode()
    [change] = checked(row).reworded
    done = client.post(shown, typed | {"confirmed": change.no})
    out = Issued.objects.get()
    assert done.headers["Location"] == reverse("issued:issued", args=[out.pk])
    assert out.number in client.get(done.headers["Location"]).content.decode()
    back = client.get(reverse("issued:file", args=[out.pk]))
    assert b"".join(back) == b"" or back.content[:2] == b"PK"
