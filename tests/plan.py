"""A small invented plan, written straight through the models, for tests that start from one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from luc.figures.models import Indicator
from luc.kernel.writing import writing
from luc.papers.models import StoredFile
from luc.plans.models import Duty, Part, Plan, Regime, RegimeParty, Target, Task, TaskGroup
from tests.cast import Side
from vanban.document import Cell, Document, Paragraph, Place, Table

LEADS = ("industry", "finance", "environment", "science", "board")
COORDINATING = ("departments", "communes", "finance", "resources")
GROUPS = ("Hoàn thiện cơ chế", "Hỗ trợ doanh nghiệp")
HEAD = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")
TARGETS = (
    ("Nước thải sinh hoạt được xử lý đạt 70 - 80 %", "70", "80", "range", "environment"),
    ("Tỷ lệ cơ sở dùng thiết bị quan trắc đạt ít nhất 35 %", "35", None, "gte", "industry"),
)
DUTIES = (
    ("finance", "Cân đối kinh phí hằng năm để thực hiện kế hoạch."),
    ("departments", "Xây dựng kế hoạch năm của đơn vị mình."),
)
REGIME = "Các đơn vị báo cáo kết quả về Sở Công Thương trước ngày 10 tháng 12 hằng năm."


@dataclass(frozen=True)
class Row:
    """One task of the invented appendix, with the names of its parties in the cast."""

    text: str
    lead: str
    coordinate: str
    place: Place


def make_plan(
    side: Side, tasks: int = 6, *, number: str = "15/KH-UBND", day: date | None = date(2026, 2, 10)
) -> Plan:
    """A plan 2026-2030 of the side: two groups, `tasks` tasks, two targets, two duties, one regime.

    Task n is led by LEADS[n % 5], COORDINATING[n % 4] works along. The yearly regime binds the groups of
    departments and of communes and is collected by the industry department, before 10 December.
    """
    rows = _rows(tasks)
    document = _document(side, rows)
    with writing():
        plan = Plan(
            tenant=side.tenant,
            number=number,
            date=day,
            issuer=side.tenant.name,
            kind="KẾ HOẠCH",
            title="Phát triển ngành công nghiệp môi trường giai đoạn 2026 - 2030",
            period_start=2026,
            period_end=2030,
            territory=side.province,
            focal=side.parties["industry"],
            file=_file(side),
            document=document.as_json(),
            header={"legal_bases": [], "signer": None, "recipients": []},
            adopted_at=datetime(2026, 2, 20, 3, tzinfo=UTC),
        )
        plan.save()
        _write_tasks(side, plan, rows)
        _write_targets(side, plan)
        _write_duties(side, plan)
        _write_regime(side, plan)
    return plan


def _rows(count: int) -> list[Row]:
    texts = [f"Nhiệm vụ số {n + 1}: xây dựng mô hình xử lý chất thải" for n in range(count)]
    return [
        Row(text, LEADS[n % 5], COORDINATING[n % 4], Place(8, 0, len(text), row=n + 1, cell=1))
        for n, text in enumerate(texts)
    ]


def _document(side: Side, rows: list[Row]) -> Document:
    lines = [
        "KẾ HOẠCH",
        "I. MỤC TIÊU",
        *(t[0] for t in TARGETS),
        "II. TỔ CHỨC THỰC HIỆN",
        *(d[1] for d in DUTIES),
        REGIME,
    ]
    grid = [tuple(Cell(head, bold=True) for head in HEAD)]
    for n, row in enumerate(rows, 1):
        names = [side.parties[row.lead].name, side.parties[row.coordinate].name]
        grid.append(tuple(Cell(text) for text in (str(n), row.text, *names, "2026 - 2030")))
    return Document((*(Paragraph(line) for line in lines), Table(tuple(grid))))


def _file(side: Side) -> StoredFile:
    data = b"ke hoach"
    row = StoredFile(
        tenant=side.tenant,
        sha256=hashlib.sha256(data).hexdigest(),
        name="ke-hoach.txt",
        media_type="text/plain",
        size=len(data),
        path="ke-hoach",
        uploaded_by=side.people["officer"],
        at=datetime(2026, 2, 19, 3, tzinfo=UTC),
    )
    row.save()
    return row


def _write_tasks(side: Side, plan: Plan, rows: list[Row]) -> None:
    groups = [
        TaskGroup(tenant=side.tenant, plan=plan, order=n, title=title) for n, title in enumerate(GROUPS, 1)
    ]
    TaskGroup.objects.bulk_create(groups)
    made = [
        Task(
            tenant=side.tenant,
            plan=plan,
            group=groups[n * len(groups) // len(rows)],
            order=n + 1,
            number=str(n + 1),
            text=row.text,
            timeframe_text="2026 - 2030",
            start="2026",
            end="2030",
            source="appendix",
            places=[row.place.as_json()],
        )
        for n, row in enumerate(rows)
    ]
    Task.objects.bulk_create(made)
    parts = []
    for task, row in zip(made, rows, strict=True):
        for order, (role, name) in enumerate([("lead", row.lead), ("coordinate", row.coordinate)]):
            party = side.parties[name]
            parts.append(
                Part(tenant=side.tenant, task=task, party=party, role=role, order=order, printed=party.name)
            )
    Part.objects.bulk_create(parts)


def _write_targets(side: Side, plan: Plan) -> None:
    for order, (text, low, high, comparator, answering) in enumerate(TARGETS, 1):
        indicator = Indicator(tenant=side.tenant, name=text, unit="%")
        indicator.save()
        Target(
            tenant=side.tenant,
            plan=plan,
            order=order,
            text=text,
            value_min=Decimal(low),
            value_max=Decimal(high) if high else None,
            unit="%",
            year=2030,
            comparator=comparator,
            indicator=indicator,
            territory=side.province,
            answering=side.parties[answering],
            places=[Place(order + 1, 0, len(text)).as_json()],
        ).save()


def _write_duties(side: Side, plan: Plan) -> None:
    for order, (name, text) in enumerate(DUTIES, 1):
        party, place = side.parties[name], Place(order + 4, 0, len(text)).as_json()
        Duty(
            tenant=side.tenant,
            plan=plan,
            party=party,
            order=order,
            printed=party.name,
            text=text,
            places=[place],
        ).save()


def _write_regime(side: Side, plan: Plan) -> None:
    bound = [side.parties["departments"], side.parties["communes"]]
    regime = Regime(
        tenant=side.tenant,
        plan=plan,
        order=1,
        reporter_text="Các đơn vị",
        collector=side.parties["industry"],
        addressees=[side.tenant.name],
        frequency="annual",
        deadline_day=10,
        deadline_month=12,
        quote=REGIME,
        places=[Place(7, 0, len(REGIME)).as_json()],
    )
    regime.save()
    RegimeParty.objects.bulk_create(
        [RegimeParty(tenant=side.tenant, regime=regime, party=party, printed=party.name) for party in bound]
    )
