"""The page of a signed paper that came back: its layout beside the decree, and how it is put away."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from luc.issuing.signed.models import SignedFile
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
