"""Who sees what was said and not sent yet; nothing said is nothing, however a form writes it."""

from __future__ import annotations

import pytest

from luc.industry import actions, queries
from luc.industry.models import Enterprise, Value
from luc.industry.showing import sides, told
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from tests.cast import Side
from tests.industry import life


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def in_the_park(side: Side) -> tuple[Viewer, Enterprise]:
    """A public enterprise with people of its own, in a park that finance manages."""
    board = side.parties["finance"].pk
    park = actions.add_park(
        side.viewer("officer"), tenant=side.tenant.pk, kind="park", name="Khu mẫu", board=board
    )
    viewer, row, _offer = life.verified(side)
    actions.save(viewer, "enterprise", row.pk, values={"park": park.pk})
    actions.hand_in(viewer, row.pk)
    life.accept(side, row)
    row.refresh_from_db()
    return viewer, row


def test_a_board_sees_its_own_unsent_words_and_only_those(side: Side) -> None:
    person, row = in_the_park(side)
    board = side.viewer("clerk_finance")
    actions.save(board, "enterprise", row.pk, values={"about": "Lời của ban quản lý."})
    row = queries.editable(board).get(pk=row.pk)
    assert told(board, row)["about"] == "Lời của ban quản lý."
    assert told(side.viewer("officer"), row)["about"] == "Xử lý nước thải cho khu công nghiệp."
    actions.save(board, "enterprise", row.pk, values={"about": "Lời sửa lại."})
    assert told(board, queries.editable(board).get(pk=row.pk))["about"] == "Lời sửa lại."
    actions.save(person, "enterprise", row.pk, values={"website": "https://rieng.example.vn"})
    row = queries.editable(board).get(pk=row.pk)
    assert "website" not in told(board, row)
    with pytest.raises(Refused, match="đang sửa hồ sơ"):
        actions.save(board, "enterprise", row.pk, values={"about": "Lần nữa."})


def test_a_board_goes_on_with_the_good_that_it_added(side: Side) -> None:
    person, row = in_the_park(side)
    board = side.viewer("clerk_finance")
    mine = actions.add_offer(board, row.pk, name="Do ban thêm")
    theirs = actions.add_offer(person, row.pk, name="Doanh nghiệp đang soạn")
    actions.save(board, "offer", mine.pk, values=life.OFFER)
    assert told(board, queries.offers_of(board).get(pk=mine.pk))["about"] == life.OFFER["about"]
    assert not queries.offers_of(board).filter(pk=theirs.pk).exists()
    assert not queries.offers_of(side.viewer("officer")).filter(pk=mine.pk).exists()


def test_an_empty_field_of_a_form_says_nothing(side: Side) -> None:
    viewer, row = life.register(side)
    actions.save(
        viewer, "enterprise", row.pk, values={"website": "", "markets": [], "founded": None, "about": "A"}
    )
    assert set(Value.objects.filter(enterprise=row).values_list("field", flat=True)) == {"name", "about"}
    (shown,) = sides(viewer, row, [row])
    assert {one.name for one in shown.new} == {"name", "about"}
    row.refresh_from_db()
    version = row.version
    actions.save(viewer, "enterprise", row.pk, values={"website": "", "about": ""})
    row.refresh_from_db()
    assert row.version == version + 1
    assert "about" not in {value.field for value in queries.open_of([row])[row.pk].values()}
