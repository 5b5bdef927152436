"""The head and foot of a draft: what is chosen on the page stands in the paper as the decree lays it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from luc.issuing import actions
from luc.issuing.heads import FORMS, HEADED, URGENCIES
from luc.issuing.paper import paper_of
from luc.kernel.errors import Refused
from tests.cast import Side
from tests.issuing.life import drafted
from vanban.document import Paragraph, Table
from vanban.reading import read_file
from vanban.writing import write_docx
from vanban.writing.layout import layout

SignIn = Callable[..., Client]

TYPED = {
    "title": "Kết quả năm 2026",
    "symbol": "BC-SCT",
    "place": "Cần Thơ",
    "addressees": "Bộ Công Thương;\nUBND thành phố",
    "recipients": "Như trên\nLưu: VT, KH",
    "urgency": "Thượng khẩn",
    "mark": "Lưu hành nội bộ",
    "signer_collective": "",
    "signer_form": "KT.",
    "signer_head": "Giám đốc",
    "signer_title": "Phó Giám đốc",
    "signer_name": "TS. Trần Văn Mẫu",
}


def _words(data: bytes) -> list[str]:
    found: list[str] = []
    for block in read_file(data, "x.docx").blocks:
        if isinstance(block, Paragraph):
            found += block.text.splitlines()
        elif isinstance(block, Table):
            found += [line for row in block.rows for cell in row for line in cell.text.splitlines()]
    return found


def test_every_choice_is_one_of_the_decree() -> None:
    assert {words.upper() for words in URGENCIES if words} == set(layout().urgency_boxes)
    assert {form for form in FORMS if form} | {"TM."} == set(layout().authority)
    assert set(HEADED) < set(FORMS)


def test_what_is_chosen_stands_in_the_paper(here: Side, signed_in: SignIn) -> None:
    draft, officer = drafted(here), signed_in("officer")
    page = officer.get(f"/soan-thao/{draft.pk}/the-thuc/").content.decode()
    assert "Thẩm quyền ký" in page
    assert officer.post(f"/soan-thao/{draft.pk}/the-thuc/", TYPED).status_code == 302
    paper, _sources = paper_of(actions.keep(here.viewer("officer"), draft.pk))
    assert (paper.signer.authority, paper.signer.name) == (("KT. Giám đốc",), "Trần Văn Mẫu")
    words = _words(write_docx(paper))
    for line in ("THƯỢNG KHẨN", "LƯU HÀNH NỘI BỘ", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"):
        assert line in words
    assert any(line.startswith("- Lưu: VT, KH") for line in words)


def test_a_committee_signs_in_its_own_name(here: Side) -> None:
    draft, officer = drafted(here), here.viewer("officer")
    texts = TYPED | {"signer_collective": "Ủy ban nhân dân", "signer_head": "Chủ tịch"}
    actions.save_head(officer, draft.pk, title="Kết quả", texts=texts, lists={})
    paper, _sources = paper_of(actions.keep(officer, draft.pk))
    assert paper.signer.authority == ("TM. Ủy ban nhân dân", "KT. Chủ tịch")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"signer_head": ""}, "signer_head"), ({"urgency": "Rất gấp"}, "urgency"), ({"mark": "Mật"}, "mark")],
)
def test_what_papers_do_not_have_is_refused(
    here: Side, signed_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    draft = drafted(here)
    with pytest.raises(Refused) as refused:
        actions.save_head(here.viewer("officer"), draft.pk, title="Kết quả", texts=TYPED | wrong, lists={})
    assert list(refused.value.fields) == [field]
    typed = signed_in("officer").post(f"/soan-thao/{draft.pk}/the-thuc/", TYPED | wrong)
    assert typed.status_code == 422


def test_a_head_of_an_older_release_still_signs(here: Side) -> None:
    draft = drafted(here)
    version = actions.keep(here.viewer("officer"), draft.pk)
    head = version.content["head"]
    for name in ("signer_form", "signer_collective", "signer_head"):
        head.pop(name, None)
    head["signer_authority"] = ["KT. Giám đốc"]
    assert paper_of(version)[0].signer.authority == ("KT. Giám đốc",)
