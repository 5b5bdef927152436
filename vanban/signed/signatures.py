"""The digital signatures in a PDF: whether the file is still what was signed, and whose certificates they rest on.

pyHanko does the cryptography; nothing is fetched from anywhere: certificates and revocation lists come with the file or
from the folder of trust that the operator keeps (PEM or DER; .crl for lists). Where no anchor is configured nobody is
called trusted. The time of a signature counts as proved only where a time stamp that is trusted itself says it.
This module loads slowly and is for the worker: processes that answer pages do not import it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    PathBuildingError,
    PathValidationError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

# what fails is told by the verdict; these logs would name people
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# those who sign papers hold certificates for signing: either usage is found in practice
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    ValidationError,
    PathBuildingError,
    PathValidationError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    NotImplementedError,
    RecursionError,
)


class Integrity(StrEnum):
    """Whether the file is what was signed."""

    WHOLE = "whole"  # the signature covers the whole file
    EXTENDED = "extended"  # afterwards only further signatures and proofs of time were added
    ALTERED = "altered"  # what was added afterwards can change what is read
    BROKEN = "broken"  # the signed bytes themselves are no longer those
    UNREAD = "unread"  # the signature cannot be read


class Trust(StrEnum):
    """Whose signature it is, as far as can be said."""

    TRUSTED = "trusted"
    UNCHECKED = "unchecked"  # no trust list is configured
    STRANGER = "stranger"  # no chain to a certificate of the trust list
    EXPIRED = "expired"  # the certificate does not hold at the time that counts
    REVOKED = "revoked"
    UNFIT = "unfit"  # weak means, or a certificate that is not for signing


class Revocation(StrEnum):
    """Whether the certificate was withdrawn, by what lies at hand."""

    UNKNOWN = "unknown"  # no list and no answer is at hand
    GOOD = "good"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. Moments are ISO 8601; `stamped` says that a trusted time stamp proves `at`."""

    signer: str
    organisation: str = ""
    authority: str = ""
    serial: str = ""
    sha256: str = ""
    at: str = ""
    stamped: bool = False
    valid_from: str = ""
    valid_until: str = ""
    integrity: Integrity = Integrity.UNREAD
    trust: Trust = Trust.UNCHECKED
    revocation: Revocation = Revocation.UNKNOWN

    @property
    def is_intact(self) -> bool:
        """Whether what was signed is what is read."""
        return self.integrity in {Integrity.WHOLE, Integrity.EXTENDED}

    @property
    def holds(self) -> bool:
        """Whether the file is intact and the signer known and not revoked."""
        return self.is_intact and self.trust == Trust.TRUSTED

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            key: str(value) if isinstance(value, StrEnum) else value for key, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class TrustList:
    """Certificates that signers must be able to lead back to, and lists of what was revoked."""

    anchors: tuple[x509.Certificate, ...] = ()
    revoked: tuple[asn1_crl.CertificateList, ...] = ()


def trust_list(files: Iterable[bytes]) -> TrustList:
    """The trust list of some files, PEM (also several in one) or DER. Raises ValueError for a file that is neither."""
    anchors: list[x509.Certificate] = []
    revoked: list[asn1_crl.CertificateList] = []
    for data in files:
        for name, der in _parts(data):
            if name == "X509 CRL" or (not name and _is_list(der)):
                revoked.append(asn1_crl.CertificateList.load(der, strict=True))
            else:
                found = x509.Certificate.load(der, strict=True)
                assert found.subject is not None  # reads the whole: what is broken raises here
                anchors.append(found)
    return TrustList(tuple(anchors), tuple(revoked))


def _parts(data: bytes) -> Iterable[tuple[str, bytes]]:
    if pem.detect(data):
        return [(name, der) for name, _headers, der in pem.unarmor(data, multiple=True)]
    return [("", data)]


def _is_list(der: bytes) -> bool:
    try:
        issuer = asn1_crl.CertificateList.load(der, strict=True)["tbs_cert_list"]["issuer"].native
    except (ValueError, KeyError, TypeError):
        return False
    return bool(issuer)


def signatures(data: bytes, trust: TrustList, now: datetime) -> list[Signature]:
    """The signatures of a PDF in the order in which they were set; none for another file or an unsigned one.

    `now` is when a signature without a trusted time stamp is judged: what its signer claims proves nothing.
    """
    if b"%PDF-" not in data[:1024]:
        return []
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        found = list(reader.embedded_regular_signatures)
    except _UNREADABLE:
        return [Signature("")] if b"/ByteRange" in data else []
    return [_signature(reader, one, trust, now) for one in found]


def _signature(
    reader: PdfFileReader, embedded: EmbeddedPdfSignature, trust: TrustList, now: datetime
) -> Signature:
    try:
        status = _status(reader, embedded, trust, now)
        proved = _stamped(status)
        if proved is not None:  # a trusted time stamp: the certificate has to hold then, not today
            status = _status(reader, embedded, trust, now, proved)
        revocation = Revocation.UNKNOWN
        if status.trusted:  # once more, so that it holds only where a list or an answer says so
            strict = _status(reader, embedded, trust, now, proved, known=True)
            if strict.trusted or strict.revocation_details is not None:
                status = strict
                revocation = Revocation.GOOD if strict.trusted else Revocation.REVOKED
        elif status.revocation_details is not None:
            revocation = Revocation.REVOKED
    except _UNREADABLE:
        return Signature("")
    certificate = status.signing_cert
    names = certificate.subject.native
    at = proved or status.signer_reported_dt
    return Signature(
        signer=_text(names.get("common_name")) or certificate.subject.human_friendly,
        organisation=_text(names.get("organization_name")),
        authority=_text(certificate.issuer.native.get("common_name")) or certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:x}",
        sha256=certificate.sha256.hex(),
        at=at.isoformat() if at else "",
        stamped=proved is not None,
        valid_from=certificate.not_valid_before.isoformat(),
        valid_until=certificate.not_valid_after.isoformat(),
        integrity=_integrity(status),
        trust=_trust(status, trust),
        revocation=revocation,
    )


def _status(
    reader: PdfFileReader,
    embedded: EmbeddedPdfSignature,
    trust: TrustList,
    now: datetime,
    signed_at: datetime | None = None,
    *,
    known: bool = False,
) -> PdfSignatureStatus:
    """What pyHanko says; `known`: only where it is known that the certificate is not revoked."""
    return validate_pdf_signature(
        embedded,
        signer_validation_context=_context(reader, trust, signed_at or now, known),
        ts_validation_context=_context(reader, trust, now, False),
        key_usage_settings=_USAGE,
    )


def _context(reader: PdfFileReader, trust: TrustList, moment: datetime, known: bool) -> ValidationContext:
    """A context of its own for each check: what one learns is not carried into the next. It never fetches."""
    rule = (
        RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
        if known
        else RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
    )
    checking = RevocationCheckingPolicy(rule, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT)
    values: dict[str, Any] = {
        "trust_roots": list(trust.anchors),
        "moment": moment,
        "allow_fetching": False,
        "crls": list(trust.revoked),
        "revinfo_policy": CertRevTrustPolicy(checking, retroactive_revinfo=True),
    }
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(values)
    except NoDSSFoundError:
        return ValidationContext(**values)


def _stamped(status: PdfSignatureStatus) -> datetime | None:
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp and stamp.intact and stamp.valid and stamp.trusted else None


def _integrity(status: PdfSignatureStatus) -> Integrity:
    if not status.intact or not status.valid:
        return Integrity.BROKEN
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Integrity.WHOLE
    level = status.modification_level
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or level is None:
        return Integrity.ALTERED
    return Integrity.EXTENDED if level <= ModificationLevel.FORM_FILLING else Integrity.ALTERED


_TRUST: dict[object, Trust] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Trust.STRANGER,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Trust.STRANGER,
    AdESIndeterminate.EXPIRED: Trust.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Trust.EXPIRED,
    AdESFailure.NOT_YET_VALID: Trust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Trust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Trust.EXPIRED,
    AdESFailure.REVOKED: Trust.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Trust.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Trust.REVOKED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Trust.EXPIRED,
}


def _trust(status: PdfSignatureStatus, trust: TrustList) -> Trust:
    if not trust.anchors:
        return Trust.UNCHECKED
    if status.revocation_details is not None:
        return Trust.REVOKED
    if status.trust_problem_indic is None:
        return Trust.TRUSTED if status.trusted else Trust.STRANGER
    if status.signing_cert.self_signed != "no":  # nobody but itself vouches for it
        return Trust.STRANGER
    return _TRUST.get(status.trust_problem_indic, Trust.UNFIT)


def _text(value: object) -> str:
    """A name of a certificate; of several the first."""
    return str(value[0] if isinstance(value, list) and value else value or "")
