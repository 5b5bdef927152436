"""Many rows at once are the same rows as one by one: keys, defaults, the guard, the constraints."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luc.agencies.models import Party
from luc.industry.models import ImportedEntry
from luc.kernel.models import ChainHead
from luc.kernel.rows import add, add_keyed, create
from luc.kernel.writing import WriteOutsideAction, writing
from tests.cast import Side

MANY = pytest.mark.parametrize("count", [3, 50])  # 50: PostgreSQL copies them in


def party(side: Side, n: int) -> Party:
    row = Party(tenant=side.tenant, kind=Party.Kind.ENTERPRISE, name=f"Công ty «{n}»\t\\N 50%\n'")
    row.valid_from, row.is_listed = date(2026, 1, n % 28 + 1), False
    row.set_keys()
    return row


@MANY
def test_objects_get_keys_that_nobody_had_and_read_back_the_same(here: Side, count: int) -> None:
    made = [party(here, n) for n in range(count)]
    with transaction.atomic(), writing():
        before = party(here, 100)
        before.save()
        create(Party, made)
        after = party(here, 101)
        after.save()
    keys = [row.pk for row in made]
    assert keys == sorted(set(keys))
    assert before.pk < keys[0]
    assert keys[-1] < after.pk
    for row in made:
        there = Party.objects.get(pk=row.pk)
        for field in Party._meta.concrete_fields:
            assert getattr(there, field.attname) == getattr(row, field.attname), field.name
    made[0].name = "Sửa"
    with transaction.atomic(), writing():
        made[0].save()
    assert Party.objects.get(pk=keys[0]).name == "Sửa"
    assert Party.objects.filter(name="Sửa").count() == 1


@MANY
def test_columns_that_are_not_named_get_the_default_of_their_field(here: Side, count: int) -> None:
    columns = ["tenant_id", "kind", "name", "sort_key", "search_key"]
    told = [(here.tenant.pk, "group", f"Nhóm {n}", "nhom", "nhom") for n in range(count)]
    with transaction.atomic(), writing():
        keys = add_keyed(Party, columns, told)
        add(Party, columns, [])
    rows = [Party.objects.get(pk=pk) for pk in keys]
    assert [row.name for row in rows] == [f"Nhóm {n}" for n in range(count)]
    assert {(row.is_listed, row.short, row.unit_id, row.valid_from) for row in rows} == {
        (True, "", None, None)
    }
    assert all(row.member_kinds == [] for row in rows)


@MANY
def test_the_guard_and_the_constraints_hold_as_for_one_row(here: Side, count: int) -> None:
    told = [(here.tenant.pk, n, "") for n in range(count)]
    with pytest.raises(WriteOutsideAction):
        add(ChainHead, ["tenant_id", "sequence", "hash"], told)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        add(ChainHead, ["tenant_id", "sequence", "hash"], told)  # one chain a tenant
    before = Party.objects.count()
    with transaction.atomic(), writing():
        create(Party, [party(here, n) for n in range(count)])
        transaction.set_rollback(True)
    assert Party.objects.count() == before


@MANY
def test_plain_values_of_a_json_column_are_kept_as_they_are(here: Side, count: int) -> None:
    said = {"tên": [1, None, 'a"b\t']}
    columns = ["tenant_id", "source_id", "number", "is_offer", "name", "is_new", "said", "version"]
    with transaction.atomic(), writing():
        rows = [(here.tenant.pk, None, n, False, "a", True, said, 1) for n in range(count)]
        with pytest.raises(IntegrityError), transaction.atomic():
            add(ImportedEntry, columns, rows)  # of no import
        told = [(here.tenant.pk, "group", "a", "a", "a", [said]) for _n in range(count)]
        keys = add_keyed(Party, ["tenant_id", "kind", "name", "sort_key", "search_key", "member_kinds"], told)
    assert Party.objects.get(pk=keys[-1]).member_kinds == [said]
