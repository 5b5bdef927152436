"""A kept version goes out, is signed by real certificates and comes back: steps for tests that start behind it."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable

from django.conf import settings

from luc.issuing import actions
from luc.issuing.actions.files import keep_file
from luc.issuing.issued.actions import issue
from luc.issuing.issued.models import Issued
from luc.issuing.models import Draft, Version
from luc.issuing.paper import paper_of
from luc.issuing.signed import actions as signing
from luc.issuing.signed.models import SignedFile
from luc.kernel.time import today
from luc.reporting import actions as reporting
from luc.rounds.models import Submission
from tests.cast import Side
from tests.reporting.life import accept, draft_of, full_answers, hand_in, write
from vanban.reading.office import converted
from vanban.writing import IssueDate, Paper, write_docx

NUMBER = "215/BC-SCT"


def kept(side: Side, draft: Draft) -> Version:
    """A version of a draft with its Word file."""
    version = actions.keep(side.viewer("officer"), draft.pk)
    keep_file(side.viewer("officer"), version.pk)
    return version


def paper(version: Version, number: str = "215") -> Paper:
    """The paper of a version as the registry numbers and dates it today."""
    day = today()
    return dataclasses.replace(
        paper_of(version)[0], number=number, date=IssueDate(day.year, day.month, day.day)
    )


def printed(version: Version, number: str = "215") -> bytes:
    """The same as a PDF."""
    return converted(write_docx(paper(version, number)), ".docx", ".pdf")


def as_word(version: Version, change: Callable[[bytes], bytes] = bytes, number: str = "215") -> bytes:
    """The same as a Word file, changed on the way: quicker than printing it."""
    return change(write_docx(paper(version, number)))


def brought(side: Side, version: Version, data: bytes, name: str = "bao-cao-da-ky.docx") -> SignedFile:
    """The signed paper as the job left it."""
    row = signing.upload(side.viewer("officer"), version.pk, name=name, data=data)
    return SignedFile.objects.get(pk=row.pk)


def issued(side: Side, draft: Draft, number: str = "215", **more: object) -> Issued:
    """A draft that was kept, signed on paper and issued today."""
    row = brought(side, kept(side, draft), as_word(kept(side, draft), number=number))
    typed: dict[str, object] = {
        "number": f"{number}/{row.version.content['head']['symbol']}",
        "date": today(),
    }
    return issue(side.viewer("officer"), row.pk, vouched=True, **(typed | more))  # type: ignore[arg-type]


def by_certificate(version: Version) -> bytes:
    """The paper as a PDF with the signature of the head of the office."""
    from tests.vanban.signed.signing import head_of_office, signed  # loads slowly

    return signed(printed(version), head_of_office())


def corrected(side: Side, value: str = "75") -> Submission:
    """Environment's report is opened again, corrected and accepted."""
    old = Submission.objects.get(obligation__party=side.parties["environment"], version=1)
    reporting.reopen(side.viewer("officer"), old.pk, reason="nhầm đơn vị tính")
    write(side, "environment", full_answers(draft_of(side, "environment"), "Đã hoàn thành bước một", value))
    made = hand_in(side, "environment")
    accept(side, made)
    return made


def replaced(data: bytes, old: str, new: str) -> bytes:
    """A Word file with words replaced once in its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            part = source.read(item)
            if item.filename == "word/document.xml":
                text = part.decode()
                assert old in text
                part = text.replace(old, new, 1).encode()
            target.writestr(item, part)
    return out.getvalue()


def put_into_folders(version: Version) -> None:
    """The signed paper, and one in which a digit was changed before signing; the trust list of who signed."""
    from tests.vanban.signed.signing import authority, head_of_office, revocations, signed  # loads slowly

    papers, trust = settings.HOME / "signed", settings.HOME / "trust"
    for folder in (papers, trust):
        folder.mkdir(exist_ok=True)
    (trust / "ca.pem").write_bytes(authority().pem)
    (trust / "thu-hoi.crl").write_bytes(revocations())
    (papers / "da-ky.pdf").write_bytes(by_certificate(version))
    other = as_word(version, lambda data: replaced(data, ">75<", ">76<"))
    changed = signed(converted(other, ".docx", ".pdf"), head_of_office())
    (papers / "mot-chu-so.pdf").write_bytes(changed)
