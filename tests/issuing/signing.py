"""A kept version goes out, is signed by real certificates and comes back: steps for tests that start behind it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from luc.issuing import actions
from luc.issuing.actions.files import keep_file
from luc.issuing.issued.actions import issue
from luc.issuing.issued.models import Issued
from luc.issuing.models import Draft, Version
from luc.issuing.paper import paper_of
from luc.issuing.signed import actions as signing
from luc.issuing.signed.models import SignedFile
from luc.kernel.time import today
from tests.cast import Side
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
