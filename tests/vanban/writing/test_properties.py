"""Whatever paper we issue, vanban reads it back to the same head, the same figures and the same tables."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import header
from vanban.conforming import check_layout
from vanban.document import Document
from vanban.document import Table as Read
from vanban.reading import read_file
from vanban.writing import (
    Annex,
    Block,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
    recipients,
    signing,
    symbol,
    write_docx,
)
from vanban.writing.numbers import format_number
from vanban.writing.phrases import words

NOUNS = (
    "mô hình thu gom",
    "thiết bị quan trắc",
    "cụm công nghiệp",
    "chất thải rắn",
    "nước thải",
    "bãi chôn lấp",
)
VERBS = ("Xây dựng", "Rà soát", "Hoàn thành", "Kiểm tra", "Hướng dẫn", "Tổng hợp")
BODIES = (
    ("Sở Công Thương", "UBND tỉnh Mẫu", "SCT", ""),
    ("Ủy ban nhân dân\ntỉnh Mẫu", None, "UBND", "Ủy ban nhân dân"),
    ("Ban Quản lý các khu công nghiệp", "UBND tỉnh Mẫu", "BQLKCN", ""),
    ("Sở Nông nghiệp và Môi trường", "UBND tỉnh Mẫu", "SNNMT", ""),
)
KINDS = (None, "Báo cáo", "Tờ trình", "Thông báo", "Kế hoạch")
FORMS = ({}, {"form": "KT.", "head": "Giám đốc"}, {"form": "TL.", "head": "Giám đốc"}, {"form": "Q."})

phrase = st.tuples(st.sampled_from(VERBS), st.sampled_from(NOUNS), st.integers(1, 99)).map(
    lambda said: f"{said[0]} {said[1]} số {said[2]}"
)
figure = st.decimals(min_value=0, max_value=10**7, places=1, allow_nan=False).map(format_number)


@st.composite
def sentences(draw: st.DrawFn) -> Paragraph:
    return Paragraph((Run(draw(phrase) + ", đạt "), Run(draw(figure)), Run(" tấn.")))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(3, 5))
    cells = st.one_of(phrase, figure, st.just(""))
    rows = [tuple(Cell(draw(cells)) for _ in range(count)) for _ in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        rows.insert(0, (Cell("I", bold=True), Cell(draw(phrase), bold=True, colspan=count - 1)))
    head = tuple(Cell(f"Cột {n}") for n in range(1, count + 1))
    widths = tuple(Column(draw(st.sampled_from([0.5, 1, 3]))) for _ in range(count))
    return Table(widths, tuple(rows), head=(head,), unit=draw(st.sampled_from(["", "Đơn vị tính: tấn"])))


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Block, ...]:
    plain: st.SearchStrategy[Block] = st.one_of(sentences(), tables(), phrase.map(Item))
    groups = st.builds(Section, phrase, st.lists(plain, max_size=3).map(tuple))
    parts = st.builds(Section, phrase, st.lists(groups, max_size=2).map(tuple))
    return (draw(sentences()), *draw(st.lists(parts, min_size=1, max_size=3)), draw(sentences()))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    issuer, parent, short, collective = draw(st.sampled_from(BODIES))
    kind = draw(st.sampled_from(KINDS))
    month = draw(st.integers(1, 12))
    noun = draw(st.sampled_from(NOUNS))
    form = draw(st.sampled_from(FORMS))
    addressees = draw(st.sampled_from([("Bộ Công Thương",), ("Ủy ban nhân dân tỉnh", "Bộ Công Thương"), ()]))
    return Paper(
        issuer=issuer,
        parent=parent,
        symbol=symbol(kind, short, "" if kind else "VP"),
        number=str(draw(st.integers(1, 9999))),
        place="Mẫu",
        date=IssueDate(draw(st.integers(2024, 2031)), month, draw(st.integers(1, 28))),
        kind=kind,
        title=f"{'đề nghị báo cáo' if kind is None else 'Kết quả thực hiện'} {noun} năm 2026",
        body=draw(bodies()),
        signer=signing("Phó Giám đốc", "Trần Văn Mẫu", collective=collective, **form),
        recipients=recipients("Các sở, ban, ngành", addressed=bool(addressees), unit="VP"),
        addressees=addressees,
        annexes=draw(
            st.lists(st.builds(Annex, phrase, st.tuples(tables()), st.booleans()), max_size=2).map(tuple)
        ),
        urgency=draw(st.sampled_from(["", "Khẩn", "Thượng khẩn"])),
        mark=draw(st.sampled_from(["", "Lưu hành nội bộ"])),
        drafter=draw(st.sampled_from(["", "NV"])),
        copies=draw(st.sampled_from([None, 20])),
        contact=draw(st.sampled_from([(), ("Địa chỉ: số 1 đường Mẫu", "ĐT: 0292 000 000")])),
    )


def all_tables(blocks: tuple[Block, ...]) -> list[Table]:
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
        elif isinstance(block, Section):
            found += all_tables(block.blocks)
    return found


def grids(document: Document) -> list[list[list[str]]]:
    boxed = [b for b in document.blocks if isinstance(b, Read) and len(b.rows[0]) > 2]
    return [[[cell.text for cell in row if not cell.covered] for row in table.rows] for table in boxed]


def spoken(blocks: tuple[Block, ...]) -> list[str]:
    """The sentences with a figure."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(words(block.text).rstrip("."))
        elif isinstance(block, Section):
            found += spoken(block.blocks)
    return found


@settings(max_examples=60, deadline=None)
@given(papers())
def test_a_paper_comes_back_as_it_was_given(paper: Paper) -> None:
    document = read_file(write_docx(paper), "x.docx")
    head = header.read(document)
    assert head["number"] == f"{paper.number.zfill(2)}/{paper.symbol}"
    assert head["date"] == f"{paper.date.year}-{paper.date.month:02}-{paper.date.day:02}"
    assert head["issuer"].casefold() == paper.issuer.replace("\n", " ").casefold()
    assert head["kind"] == (paper.kind.upper() if paper.kind else None)
    assert head["title"] == paper.title
    assert head["signer"]["name"] == paper.signer.name
    assert head["recipients"] == [line.rstrip(".;") for line in paper.recipients]
    given_tables = [
        *all_tables(paper.body),
        *(t for annex in paper.annexes for t in all_tables(annex.blocks)),
    ]
    wanted = [[[words(c.text) for c in row] for row in (*t.head, *t.rows)] for t in given_tables]
    assert grids(document) == wanted
    lines = {b.text.rstrip("./") for b in document.blocks if not isinstance(b, Read)}
    assert set(spoken(paper.body)) <= lines


@settings(max_examples=40, deadline=None)
@given(papers())
def test_every_paper_keeps_to_the_decree(paper: Paper) -> None:
    assert [departure.message for departure in check_layout(write_docx(paper))] == []


@settings(max_examples=15, deadline=None)
@given(papers())
def test_a_draft_with_blank_number_and_day_keeps_to_the_decree_too(paper: Paper) -> None:
    draft = replace(paper, number="", date=IssueDate(paper.date.year), draft="Dự thảo")
    data = write_docx(draft)
    assert [departure.message for departure in check_layout(data)] == []
    head = header.read(read_file(data, "x.docx"))
    assert (head["number"], head["date"]) == (None, None)
    assert head["title"] == paper.title
