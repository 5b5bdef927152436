"""No way around: rows that are only added stay as they are, and only actions write, however the statement is put."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from luc.agencies import actions
from luc.kernel.models import ChainHead, Change
from luc.kernel.writing import WriteOutsideAction, writing
from tests.cast import Cast, Side

REPLACE = "INSERT OR REPLACE INTO kernel_change SELECT * FROM other"
UPSERT = "INSERT INTO kernel_change SELECT * FROM other ON CONFLICT (id) DO UPDATE SET title = 'khác'"


def test_history_is_not_replaced_either(here: Side) -> None:
    actions.add_party(here.viewer("administrator"), tenant=here.tenant.pk, kind="other", name="Hội X")
    statement = REPLACE if connection.vendor == "sqlite" else UPSERT
    with writing(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE other AS SELECT * FROM kernel_change")
        cursor.execute("UPDATE other SET title = 'khác'")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
    assert Change.objects.get().title == "Hội X"


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO kernel_user (id) VALUES (99)",
        "INSERT OR REPLACE INTO kernel_user (id) VALUES (99)",
        "WITH a AS (SELECT 1) UPDATE \"kernel_user\" SET full_name = 'x'",
        "WITH a AS (SELECT 1) INSERT INTO kernel_user (id) SELECT * FROM a",
        "WITH a AS (DELETE FROM kernel_user RETURNING id) SELECT * FROM a",
        "/* no */ DELETE FROM kernel_user",
        "-- no\nUPDATE kernel_user SET full_name = 'x'",
        "UPDATE OR IGNORE main.kernel_user SET full_name = 'x'",
        'DELETE FROM ONLY "public"."kernel_user"',
        "TRUNCATE TABLE kernel_user",
    ],
)
def test_only_actions_write(db: None, statement: str) -> None:
    with pytest.raises(WriteOutsideAction, match="kernel_user"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_reading_is_free(here: Side) -> None:
    with connection.cursor() as cursor:
        cursor.execute("WITH a AS (SELECT full_name AS update_of FROM kernel_user) SELECT count(*) FROM a")
        assert cursor.fetchone()[0] > 10


def test_the_chain_of_the_installation_is_one(db: None) -> None:
    with writing():
        ChainHead.objects.create(tenant=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            ChainHead.objects.create(tenant=None)


@pytest.mark.parametrize(
    "path", ["/co-quan/?q=%00", "/co-quan/?kind=%00", "/van-ban-phap-ly/?state=a%00b", "/loi-moi/a%00b/"]
)
def test_no_nul_comes_in_by_an_address(cast: Cast, path: str) -> None:
    client = Client()
    client.force_login(cast.here.people["administrator"])
    assert client.get(path).status_code == 400


def test_no_nul_comes_in_by_a_form(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.here.people["administrator"])
    before = Change.objects.count()
    for sent in ({"name": "Hội\x00", "kind": "other"}, {"na\x00me": "Hội", "kind": "other"}):
        assert client.post("/co-quan/them/", sent).status_code == 400
    assert Change.objects.count() == before
