"""Stored files and the register of legal papers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Change
from luc.kernel.writing import writing
from luc.papers import legal, queries, storing
from luc.papers.actions import store, take_in
from luc.papers.forms import SizedFileField
from luc.papers.models import LegalPaper, StoredFile
from luc.plans import actions as plans
from luc.plans.forms import UploadForm
from luc.reporting.forms import EvidenceForm
from luc.reporting.word.forms import OwnPaperForm
from luc.requests.forms import FileForm
from tests.cast import Side
from tests.plan import make_plan
from tests.plans.papers import PLAN

SignIn = Callable[..., Client]
DATA = "<script>alert('kế hoạch')</script>".encode()


def keep(side: Side, data: bytes = DATA, name: str = "kế hoạch.html") -> StoredFile:
    tenant = side.tenant.pk
    kept = take_in(tenant=tenant, name=name, data=data)
    with action(side.viewer("officer"), "papers.view", tenant=tenant) as acting:
        return store(acting, kept, tenant=tenant, name=name, media_type="text/html")


def test_a_stored_file_comes_back_byte_for_byte(here: Side) -> None:
    row = keep(here)
    assert queries.content(row) == DATA
    assert (row.sha256, row.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    line = Change.objects.get(kind="papers.storedfile")
    assert (line.title, line.after["sha256"]) == ("kế hoạch.html", row.sha256)


def test_the_same_bytes_are_on_disk_once(here: Side) -> None:
    first, again, renamed = keep(here), keep(here), keep(here, name="bản sao.html")
    assert first.pk == again.pk
    assert renamed.pk != first.pk
    assert renamed.path == first.path
    root = Path(default_storage.location)
    assert [path for path in root.rglob("*") if path.is_file()] == [root / first.path]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\tài liệu\\kế hoạch.docx", "kế hoạch.docx"),
        ("../../etc/passwd", "passwd"),
        ("hai\r\ndòng.pdf", "haidòng.pdf"),
        ("", "tệp"),
        ("a" * 300 + ".docx", "a" * 250 + ".docx"),
    ],
)
def test_a_name_is_only_a_name(here: Side, given: str, kept: str) -> None:
    assert keep(here, name=given).name == kept


def test_empty_and_too_large_files_are_refused(here: Side, settings: Settings) -> None:
    with pytest.raises(Refused, match="rỗng"):
        keep(here, b"")
    settings.MAX_UPLOAD = 1024 * 1024
    with pytest.raises(Refused, match="lớn hơn 1 MB"):
        keep(here, b"x" * (1024 * 1024 + 1))
    assert not StoredFile.objects.exists()


def test_a_refused_action_keeps_no_row(here: Side) -> None:
    def refuse() -> None:
        with action(here.viewer("officer"), "papers.view", tenant=here.tenant.pk) as acting:
            kept = take_in(tenant=here.tenant.pk, name="a.txt", data=b"x")
            store(acting, kept, tenant=here.tenant.pk, name="a.txt", media_type="text/plain")
            raise Refused("đổi ý")

    with pytest.raises(Refused):
        refuse()
    assert not StoredFile.objects.exists()


def test_a_half_written_file_is_written_again(here: Side) -> None:
    row = keep(here)
    target = Path(default_storage.path(row.path))
    target.write_bytes(DATA[:5])
    keep(here, name="lần hai.html")
    assert queries.content(row) == DATA


def test_what_lies_damaged_is_healed_by_bringing_the_file_again(here: Side) -> None:
    row = keep(here)
    Path(default_storage.path(row.path)).write_bytes(DATA[::-1])
    keep(here)
    assert queries.content(row) == DATA


class Endless(UploadedFile):
    """A file that says how large it is and must not be read."""

    def __init__(self, size: int) -> None:
        super().__init__(io.BytesIO(), "a.pdf", "application/pdf", size)

    def read(self, *_: object) -> bytes:
        raise MemoryError("it was read")


@pytest.mark.parametrize(("limit", "size"), [(None, 5 * 1024**3), (1024**2, 1024**2 + 1)])
def test_a_file_that_is_too_large_is_not_read(settings: Settings, limit: int | None, size: int) -> None:
    with pytest.raises(ValidationError, match=f"lớn hơn {(limit or settings.MAX_UPLOAD) // 1024**2} MB"):
        SizedFileField(limit=limit).clean(Endless(size))
    assert SizedFileField(limit=limit).clean(Endless(1024**2)).size == 1024**2


@pytest.mark.parametrize("form", [UploadForm, EvidenceForm, OwnPaperForm, FileForm])
def test_the_doors_for_files_ask_their_size(form: type[forms.Form]) -> None:
    assert "lớn hơn" in str(form({}, {"file": Endless(5 * 1024**3)}).errors)


def test_bytes_are_on_disk_before_the_transaction(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[int] = []

    def kept(tenant: int, data: bytes) -> storing.Kept:
        depths.append(len(connection.savepoint_ids))
        return storing.keep(tenant, data)

    monkeypatch.setattr("luc.papers.actions.keep", kept)
    outside = len(connection.savepoint_ids)
    plans.upload(here.viewer("officer"), tenant=here.tenant.pk, name="a.txt", data=PLAN.encode())
    assert depths == [outside]


def test_bytes_that_changed_on_disk_are_told(here: Side) -> None:
    row = keep(here)
    target = Path(default_storage.path(row.path))
    target.write_bytes(DATA[::-1])
    with pytest.raises(storing.Damaged):
        queries.content(row)
    target.unlink()
    with pytest.raises(storing.Damaged):
        queries.content(row)


def test_rows_of_files_are_never_changed(here: Side) -> None:
    row = keep(here)
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        StoredFile.objects.filter(pk=row.pk).update(name="khác")


def test_a_file_is_a_download_and_never_a_page(here: Side, signed_in: SignIn) -> None:
    row = keep(here)
    answer = signed_in("officer").get(reverse("papers:file", args=[row.pk]))
    assert b"".join(answer.streaming_content) == DATA
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_no_room_shows_is_its_bringers_alone(here: Side, signed_in: SignIn) -> None:
    address = reverse("papers:file", args=[keep(here).pk])
    assert signed_in("officer").get(address).status_code == 200
    assert signed_in("clerk_finance").get(address).status_code == 404
    assert signed_in("administrator").get(address).status_code == 404


def test_everybody_who_sees_a_plan_has_its_paper(here: Side, signed_in: SignIn) -> None:
    row = keep(here)
    with writing():
        plan = make_plan(here)
        plan.file = row
        plan.save(update_fields=["file"])
    assert signed_in("clerk_finance").get(reverse("papers:file", args=[row.pk])).status_code == 200


def test_another_tenants_file_does_not_exist(
    here: Side, signed_in: SignIn, cast: object, client: Client
) -> None:
    address = reverse("papers:file", args=[keep(here).pk])
    assert signed_in("administrator", cast.there).get(address).status_code == 404  # type: ignore[attr-defined]
    assert client.get(address).status_code == 302


@pytest.fixture
def register(db: None) -> None:
    legal.load(settings.REFDATA)


def state(number: str, on: date) -> str:
    return queries.legal_papers(on=on).get(number=number).state  # type: ignore[attr-defined,no-any-return]


def test_the_register_is_loaded_once(register: None) -> None:
    count = LegalPaper.objects.count()
    assert count > 70
    assert legal.load(settings.REFDATA).written == 0
    assert LegalPaper.objects.count() == count


def test_a_papers_state_depends_on_the_day(register: None) -> None:
    assert state("NĐ 42/2022/NĐ-CP", date(2026, 6, 30)) == "holds"
    assert state("NĐ 42/2022/NĐ-CP", date(2026, 7, 1)) == "ended"
    assert state("NĐ 224/2026/NĐ-CP", date(2026, 6, 30)) == "not_yet"
    assert state("QĐ 1459/QĐ-TCMT", date(2026, 7, 1)) == "unsure"


def test_the_page_says_what_replaced_a_paper(register: None, signed_in: SignIn) -> None:
    client = signed_in("officer")
    page = client.get(reverse("papers:legal"), {"q": "cong thong tin", "state": "ended"}).content.decode()
    assert "NĐ 42/2022/NĐ-CP" in page
    assert "Hết hiệu lực từ 01/07/2026" in page
    assert "Thay bằng NĐ 224/2026/NĐ-CP" in page
    assert "NĐ 13/2023" not in page
