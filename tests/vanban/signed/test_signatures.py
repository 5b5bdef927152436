"""Whose signature is in a PDF, and whether the paper is still what was signed."""

from __future__ import annotations

import re
import socket
import zlib
from datetime import timedelta

import pytest

from tests.vanban.reading.laidout import as_pdf
from tests.vanban.signed.signing import (
    NOW,
    appended,
    authority,
    head_of_office,
    person,
    revocations,
    signed,
    time_stamper,
)
from vanban.signed.signatures import (
    Integrity,
    Revocation,
    Signature,
    Trust,
    TrustList,
    signatures,
    trust_list,
)

PAPER = as_pdf("BÁO CÁO\nĐã có 92/103 đơn vị báo cáo, đạt 41,5%.")
TRUSTED = trust_list([authority().pem])


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched: whoever opens a connection fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def only(data: bytes, trust: TrustList = TRUSTED) -> Signature:
    """The one signature of a paper."""
    [found] = signatures(data, trust, NOW)
    return found


def test_a_signed_paper_is_whole_and_its_signer_known() -> None:
    found = only(signed(PAPER, head_of_office()))
    assert (found.signer, found.organisation, found.authority) == (
        "Nguyễn Văn Mẫu",
        "Cơ quan thử nghiệm",
        "CA thử nghiệm",
    )
    assert (found.integrity, found.trust, found.revocation) == (
        Integrity.WHOLE,
        Trust.TRUSTED,
        Revocation.UNKNOWN,
    )
    assert found.holds
    assert not found.stamped
    assert found.at
    assert found.as_json()["integrity"] == "whole"


def test_without_a_trust_list_nobody_is_called_trusted() -> None:
    found = only(signed(PAPER, head_of_office()), TrustList())
    assert (found.integrity, found.trust) == (Integrity.WHOLE, Trust.UNCHECKED)
    assert found.is_intact
    assert not found.holds


def test_one_digit_changed_after_signing_breaks_the_signature() -> None:
    data = signed(PAPER, head_of_office())
    stream = next(match for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    at = data.index(stream.group(1)) + len(stream.group(1)) // 2
    changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    found = only(changed)
    assert found.integrity == Integrity.BROKEN
    assert not found.holds


def test_a_stranger_is_a_stranger() -> None:
    own = person("CA khác", ca=True)
    found = only(signed(PAPER, person("Người lạ", own)))
    assert (found.integrity, found.trust) == (Integrity.WHOLE, Trust.STRANGER)
    alone = only(signed(PAPER, person("Tự cấp")))
    assert alone.trust == Trust.STRANGER


def test_an_expired_certificate_counts_where_a_trusted_stamp_proves_the_time() -> None:
    ended = person("Hết hạn", authority(), start=NOW - timedelta(days=300), until=NOW - timedelta(days=10))
    found = only(signed(PAPER, ended))
    assert (found.integrity, found.trust, found.stamped) == (Integrity.WHOLE, Trust.EXPIRED, False)
    service = person("Dấu thời gian", authority(), stamps=True)
    then = NOW - timedelta(days=60)
    stamped = only(signed(PAPER, ended, stamp=time_stamper(service, then)))
    assert (stamped.trust, stamped.stamped) == (Trust.TRUSTED, True)
    assert stamped.at == then.isoformat()
    foreign = person("Dấu lạ", person("CA khác", ca=True), stamps=True)
    unknown = only(signed(PAPER, ended, stamp=time_stamper(foreign, then)))
    assert (unknown.trust, unknown.stamped) == (Trust.EXPIRED, False)


def test_a_revoked_certificate_is_told_by_the_list_at_hand() -> None:
    lost = person("Đã thu hồi", authority())
    data = signed(PAPER, lost)
    assert only(data).trust == Trust.TRUSTED  # without a list it cannot be known, and that is said
    assert only(data).revocation == Revocation.UNKNOWN
    found = only(data, trust_list([authority().pem, revocations(lost)]))
    assert (found.trust, found.revocation) == (Trust.REVOKED, Revocation.REVOKED)
    good = only(signed(PAPER, head_of_office()), trust_list([authority().pem, revocations(lost)]))
    assert (good.trust, good.revocation) == (Trust.TRUSTED, Revocation.GOOD)


def test_words_added_after_signing_are_told() -> None:
    found = only(appended(signed(PAPER, head_of_office()), b"99"))
    assert found.integrity == Integrity.ALTERED
    assert not found.holds


def test_the_seal_of_the_office_over_the_signature_of_its_head() -> None:
    once = signed(PAPER, head_of_office())
    found = signatures(signed(once, person("Sở Công Thương", authority()), field="Ky2"), TRUSTED, NOW)
    assert [one.signer for one in found] == ["Nguyễn Văn Mẫu", "Sở Công Thương"]
    assert [one.integrity for one in found] == [Integrity.EXTENDED, Integrity.WHOLE]
    assert all(one.holds for one in found)


def test_papers_without_a_digital_signature_have_none() -> None:
    assert signatures(PAPER, TRUSTED, NOW) == []
    assert signatures(b"\x89PNG\r\n\x1a\n", TRUSTED, NOW) == []
    broken = signatures(b"%PDF-1.7 /ByteRange [0 1 2 3] nothing", TRUSTED, NOW)
    assert [one.integrity for one in broken] == [Integrity.UNREAD]


def test_a_trust_list_takes_pem_and_der_and_refuses_what_is_neither() -> None:
    other = person("CA khác", ca=True)
    found = trust_list([authority().pem + other.pem, other.der, revocations()])
    assert (len(found.anchors), len(found.revoked)) == (3, 1)
    for nonsense in (b"", b"hello", zlib.compress(b"x" * 100)):
        with pytest.raises(ValueError):
            trust_list([nonsense])
