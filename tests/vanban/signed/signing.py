"""A certificate authority, people with certificates, and papers that they sign: real signatures, made for the tests."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Person:
    """Who holds a key and a certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: made.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


def person(
    name: str,
    by: Person | None = None,
    *,
    ca: bool = False,
    stamps: bool = False,
    start: datetime | None = None,
    until: datetime | None = None,
) -> Person:
    """Somebody with a certificate of their own, or issued by another."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    subject = made.Name(
        [
            made.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            made.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan thử nghiệm"),
            made.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        made.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(made.random_serial_number())
        .not_valid_before(start or NOW - timedelta(days=400))
        .not_valid_after(until or NOW + timedelta(days=800))
        .add_extension(made.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(made.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            made.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if stamps:
        usage = made.ExtendedKeyUsage([made.oid.ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    if by:
        own = made.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        builder = builder.add_extension(own, critical=False)
    return Person(key, builder.sign((by.key if by else key), hashes.SHA256()))


@cache
def authority() -> Person:
    """The authority that the trust list names."""
    return person("CA thử nghiệm", ca=True)


@cache
def head_of_office() -> Person:
    """Whose certificate that authority issued."""
    return person("Nguyễn Văn Mẫu", authority())


def revocations(revoked: Person | None = None) -> bytes:
    """The list of the authority, as PEM, of today."""
    ca = authority()
    builder = (
        made.CertificateRevocationListBuilder()
        .issuer_name(ca.certificate.subject)
        .last_update(NOW - timedelta(days=1))
        .next_update(NOW + timedelta(days=30))
        .add_extension(
            made.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False
        )
        .add_extension(made.CRLNumber(1), critical=False)
    )
    if revoked:
        line = made.RevokedCertificateBuilder().serial_number(revoked.certificate.serial_number)
        builder = builder.add_revoked_certificate(line.revocation_date(NOW - timedelta(days=100)).build())
    return builder.sign(ca.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _key(holder: Person) -> keys.PrivateKeyInfo:
    der = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return keys.PrivateKeyInfo.load(der)


def _signer(holder: Person) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(holder.der),
        signing_key=_key(holder),
        cert_registry=SimpleCertificateStore(),
    )


def time_stamper(holder: Person, at: datetime) -> DummyTimeStamper:
    """A service that stamps one moment, without a network."""
    return DummyTimeStamper(tsa_cert=x509.Certificate.load(holder.der), tsa_key=_key(holder), fixed_dt=at)


def signed(pdf: bytes, by: Person, *, field: str = "Ky1", stamp: DummyTimeStamper | None = None) -> bytes:
    """The paper signed by somebody, as an increment."""
    out = io.BytesIO()
    meta = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signer = signers.PdfSigner(meta, _signer(by), timestamper=stamp)
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def appended(pdf: bytes, words: bytes) -> bytes:
    """The paper with words drawn over its first page in an increment, as an editor saves it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 100 100 Td (" + words + b") Tj ET")
    reference = writer.add_object(stream)
    contents = page.raw_get("/Contents")
    there = contents.get_object() if isinstance(contents, generic.IndirectObject) else contents
    parts = list(there) if isinstance(there, generic.ArrayObject) else [contents]
    page["/Contents"] = generic.ArrayObject([*parts, reference])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
