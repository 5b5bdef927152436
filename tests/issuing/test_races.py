"""Two people at one block of a draft at the same moment, on two connections of a real PostgreSQL."""

from __future__ import annotations

import pytest
from django_scopes import scope

from luc.issuing import actions
from luc.issuing.content import words
from luc.issuing.models import Block, Draft
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from tests.cast import Side
from tests.issuing.life import block_at, drafted
from tests.reporting.test_races import at_once, side, template

__all__ = ["side", "template"]

pytestmark = pytest.mark.postgres


def _said(block: Block) -> str:
    return words(Block.objects.get(pk=block.pk).content)


def test_of_two_who_save_one_block_the_second_is_told(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        row = block_at(drafted(side), "opening")
        texts = ["Lời của chuyên viên.", "Lời của trưởng phòng."]
        people = [side.viewer("officer"), side.viewer("focal_head")]
        before = Change.objects.count()
        came = at_once(
            side,
            *[
                lambda who=who, text=text: actions.save_block(who, row.pk, version=row.version, text=text)
                for who, text in zip(people, texts, strict=True)
            ],
        )
        assert sorted(came) == ["Conflict", "done"]
        assert _said(row) == texts[came.index("done")]
        assert Block.objects.get(pk=row.pk).version == row.version + 1
        assert Change.objects.count() == before + 1
        assert broken_links(side.tenant.pk) == []


def test_of_who_saves_and_who_takes_out_only_one_does(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        row = block_at(drafted(side), "opening")
        officer, head = side.viewer("officer"), side.viewer("focal_head")
        came = at_once(
            side,
            lambda: actions.save_block(officer, row.pk, version=row.version, text="Lời mới."),
            lambda: actions.remove_block(head, row.pk, version=row.version),
        )
        assert sorted(came) == ["Conflict", "done"]
        there = Block.objects.get(pk=row.pk)
        assert (there.removed_at is not None) == (came[1] == "done")
        assert (_said(row) == "Lời mới.") == (came[0] == "done")


def test_two_who_save_two_blocks_do_not_meet(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        draft: Draft = drafted(side)
        first, last = block_at(draft, "opening"), block_at(draft, "closing")
        officer, head = side.viewer("officer"), side.viewer("focal_head")
        came = at_once(
            side,
            lambda: actions.save_block(officer, first.pk, version=0, text="Đầu."),
            lambda: actions.save_block(head, last.pk, version=0, text="Cuối."),
        )
        assert came == ["done", "done"]
        assert (_said(first), _said(last)) == ("Đầu.", "Cuối.")
