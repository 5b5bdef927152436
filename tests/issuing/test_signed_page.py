"""The page of a signed paper that came back: its layout beside the decree, and how it is put away."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from luc.issuing.issued.models import Issued
from luc.issuing.signed.models import SignedFile
from luc.issuing.signed.queries import checked
from luc.kernel.time import today
from luc.kernel.writing import writing
from tests.cast import Side
from tests.issuing.life import drafted
from tests.issuing.signing import as_word, brought, kept, printed, replaced

SignIn = Callable[..., Client]


def test_what_departs_from_the_layout_is_shown_and_blocks_nothing(here: Side, signed_in: SignIn) -> None:
    version = kept(here, drafted(here))
    officer = signed_in("officer")
    good = brought(here, version, as_word(version))
    assert "Mọi thành phần đúng thể thức." in officer.get(
        reverse("signed:signed", args=[good.pk])
    ).content.decode().replace("&nbsp;", " ")
    changed = as_word(version, lambda data: replaced(data, "Độc lập - Tự do", "Tự do - Độc lập"))
    bad = brought(here, version, changed)
    page = officer.get(reverse("signed:signed", args=[bad.pk])).content.decode()
    assert 'id="the-thuc"' in page
    assert "khác thể thức" in page
    (told, *_more) = bad.comparison["layout"]
    assert told.split("«")[0][:20] in page


def test_a_pdf_is_not_measured(here: Side, signed_in: SignIn) -> None:
    version = kept(here, drafted(here))
    row = brought(here, version, printed(version), "da-ky.pdf")
    assert row.comparison["layout"] is None
    page = signed_in("officer").get(reverse("signed:signed", args=[row.pk])).content.decode()
    assert 'id="the-thuc"' not in page


def test_putting_away_asks_first(here: Side, signed_in: SignIn) -> None:
    version = kept(here, drafted(here))
    row, officer = brought(here, version, as_word(version)), signed_in("officer")
    page = officer.get(reverse("signed:signed", args=[row.pk])).content.decode()
    drop = reverse("signed:drop", args=[row.pk])
    assert page.index('id="phat-hanh"') < page.index(f'href="{drop}"')
    assert f'action="{drop}"' not in page
    asked = officer.get(drop)
    assert "Bỏ bản đã ký này?" in asked.content.decode()
    assert SignedFile.objects.get(pk=row.pk).state == SignedFile.State.CHECKED
    assert officer.post(drop, {"confirmed": "yes"}).status_code == 302
    assert SignedFile.objects.get(pk=row.pk).state == SignedFile.State.DROPPED


def test_what_a_scan_does_not_show_is_listed_once_and_confirmed_once_with_a_reason(
    here: Side, signed_in: SignIn
) -> None:
    version = kept(here, drafted(here))
    row, officer = brought(here, version, as_word(version)), signed_in("officer")
    numbers = row.comparison["numbers"]
    lost = [one for one in numbers if one["words"].isdecimal()][:3]
    with writing():
        for one in lost:
            one.pop("place", None)
            one.update(state="missing", stands="")
        read = next(one for one in numbers if one["words"] == "72,5")
        read.update(state="different", stands="73,5")
        SignedFile.objects.filter(pk=row.pk).update(is_scan=True, comparison=row.comparison)
    shown = reverse("signed:signed", args=[row.pk])
    page = officer.get(shown).content.decode()
    assert page.count('id="chua-doi-chieu"') == 1
    assert "Máy không đọc được 3 chỗ" in page
    assert page.count('name="confirmed"') == 1
    typed = {"number": row.head["number"], "date": f"{today():%d/%m/%Y}", "vouched": "on"}
    refused = officer.post(shown, typed | {"unseen": "Đã so từng số với bản giấy."})
    assert refused.status_code == 422
    [change] = checked(SignedFile.objects.get(pk=row.pk)).to_confirm
    assert change.after == "73,5"
    unsaid = officer.post(shown, typed | {"confirmed": change.no})
    assert "bằng cách nào" in unsaid.content.decode()
    assert unsaid.status_code == 422
    done = officer.post(shown, typed | {"confirmed": change.no, "unseen": "Đã so từng số với bản giấy."})
    assert done.status_code == 302
    vouched = Issued.objects.get().confirmed
    assert any("3 chỗ: Đã so từng số với bản giấy." in words for words in vouched)
