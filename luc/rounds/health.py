"""What no constraint of the database holds: the state of an obligation says what its last version became."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django_scopes import scopes_disabled

from luc.kernel.health.findings import Finding, bad, good, looks_after
from luc.rounds.models import Obligation, Reopening, Submission, Verdict

NAMED = 5


def inconsistent() -> QuerySet[Obligation]:
    """Obligations whose state or version is not what their submissions, verdicts and reopenings come to."""
    last = Submission.objects.filter(obligation=OuterRef("pk")).order_by("-version")
    verdict = Verdict.objects.filter(submission=OuterRef("last"))
    rows = Obligation.objects.annotate(
        last=Subquery(last.values("pk")[:1]), handed=Subquery(last.values("version")[:1])
    )
    rows = rows.annotate(
        became=Case(
            When(last=None, then=Value("open")),
            When(Exists(Reopening.objects.filter(submission=OuterRef("last"))), then=Value("returned")),
            default=Subquery(verdict.values("kind")[:1]),
        )
    )
    right = (
        rows.filter(state="open", became="open", version=0)
        | rows.filter(state=F("became"), version=F("handed"))
        | rows.filter(state="submitted", became=None, version=F("handed"))
        | rows.filter(state="open", became="taken_back", version=F("handed"))
        | rows.filter(state="returned", became="taken_back", version=F("handed"))
        | rows.filter(state="handed_on")  # whatever came before, it is the successor's now
    )
    return Obligation.objects.exclude(pk__in=right.values("pk"))


@looks_after("Kỳ báo cáo")
def obligations(_: bool) -> Iterator[Finding]:
    """Every obligation's state against its versions."""
    with scopes_disabled():
        wrong = list(inconsistent().order_by("pk").values_list("pk", flat=True)[: NAMED + 1])
        count = Obligation.objects.count()
    for pk in wrong[:NAMED]:
        yield bad(
            f"Nghĩa vụ báo cáo số {pk} ghi trạng thái không khớp các bản đã gửi; "
            "hãy giữ bản sao lưu và báo người phát triển."
        )
    if not wrong:
        yield good(f"{count} nghĩa vụ báo cáo, trạng thái khớp với các bản đã gửi.")
