"""What is seen of signed papers that came back, and what stands in the way of issuing one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luc.issuing.signed.models import SignedFile
from luc.issuing.signed.words import signature_words
from luc.kernel.rights import Viewer

Plain = Mapping[str, Any]


def signed_files(viewer: Viewer) -> QuerySet[SignedFile]:
    """The signed papers of the viewer's own agency's drafts; leaders see the tenant's."""
    own = Q(version__draft__party__in=viewer.parties_for("issuing.issue"))
    rows = SignedFile.objects.filter(own | Q(tenant__in=viewer.tenants_for("issuing.follow")))
    rows = rows.select_related("version__draft__party", "version__draft__cycle", "file", "written__file")
    return rows.defer("version__content", "version__cells").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Difference:
    """A number or words that stand otherwise in the signed paper. `no` is its number in the comparison."""

    no: str
    is_number: bool
    before: str
    after: str
    around: str
    place: Plain | None = None

    @property
    def anchor(self) -> str:
        """The id of its words in the paper."""
        return f"cho-{self.no}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A comparison as a page shows it and issuing asks it."""

    count: int
    drifted: list[Difference]
    reworded: list[Difference]
    filled: int
    signatures: list[Plain] = field(default_factory=list)
    is_scan: bool = False

    @property
    def same(self) -> int:
        """How many bound numbers and sentences stand as they were issued for signing."""
        return self.count - len([one for one in self.drifted if one.no.startswith("so")])

    @property
    def differences(self) -> list[Difference]:
        """All of them, numbers first."""
        return [*self.drifted, *self.reworded]

    @property
    def signature_faults(self) -> list[str]:
        """What is so wrong with signatures that nobody can vouch for them."""
        return [told.words for told in map(signature_words, self.signatures) if told.blocks]

    @property
    def blocking(self) -> list[str]:
        """What no confirmation removes, in words."""
        found = self.signature_faults
        if not self.is_scan:
            words = _("Số %(before)s trong bản trình ký, bản đã ký ghi %(after)s.")
            gone = _("không thấy số này")
            found += [
                words % {"before": one.before or "-", "after": one.after or gone} for one in self.drifted
            ]
        return found

    @property
    def to_confirm(self) -> list[Difference]:
        """What a person says to have looked at: words, and in a scan what was read otherwise."""
        return [one for one in self.differences if one.after] if self.is_scan else self.reworded

    @property
    def unseen(self) -> list[Difference]:
        """What a scan does not let the machine see: confirmed together, with a reason."""
        return [one for one in self.differences if not one.after] if self.is_scan else []

    @property
    def signature_to_confirm(self) -> str:
        """What a person vouches for, where the machine cannot: "" for a whole signature of somebody known."""
        if not self.signatures:
            return _(
                "Bản này không có chữ ký số. Tôi đã xem bản gốc trên giấy: có chữ ký và dấu của cơ quan."
            )
        if all(signature_words(one).holds for one in self.signatures):
            return ""
        return _("Máy chưa xác nhận được người ký. Tôi đã kiểm tra và chịu trách nhiệm về chữ ký này.")


def checked(row: SignedFile) -> Checked:
    """What was found in a signed paper."""
    numbers = row.comparison.get("numbers", [])
    changes = row.comparison.get("changes", [])
    told = [_number(n, one, row.document) for n, one in enumerate(numbers) if one["state"] != "same"]
    other = [_change(n, one) for n, one in enumerate(changes) if not one.get("filled")]
    differences = [*told, *other]
    return Checked(
        count=len(numbers),
        drifted=[one for one in differences if one.is_number],
        reworded=[one for one in differences if not one.is_number],
        filled=len([one for one in changes if one.get("filled")]),
        signatures=row.signatures,
        is_scan=row.is_scan,
    )


def _number(n: int, one: Plain, document: Plain | None) -> Difference:
    before, after, place = str(one["words"]), str(one.get("stands", "")), one.get("place")
    around = _row(document, place) or str(one.get("line", ""))
    return Difference(f"so-{n}", _has_digit(before, after), before, after, around, place)


def _row(document: Plain | None, place: Plain | None) -> str:
    """The whole row of a table in which a number stands: a number alone tells nobody what it is."""
    if document is None or place is None or "row" not in place:
        return ""
    cells = document["blocks"][place["block"]]["rows"][place["row"]]
    return " | ".join(" ".join(cell["text"].split()) for cell in cells if cell["text"])


def _change(n: int, one: Plain) -> Difference:
    before, after = str(one.get("before", "")), str(one.get("after", ""))
    return Difference(
        f"chu-{n}", _has_digit(before, after), before, after, str(one.get("around", "")), one.get("place")
    )


def _has_digit(*words: str) -> bool:
    return any(char.isdigit() for one in words for char in one)


def marks(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """The marks of differences in the signed paper, each leading to its line of the list."""
    return [
        {"id": one.anchor, "place": dict(one.place), "href": f"#muc-{one.no}", "title": one.before}
        for one in found
        if one.place
    ]
