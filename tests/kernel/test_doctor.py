"""What `luc doctor` finds, thing by thing, and that it finds nothing where nothing is wrong."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from luc.kernel.health.beat import beat
from luc.kernel.health.findings import Level, examine
from luc.kernel.models import Change, Job
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.papers.models import StoredFile
from luc.rounds.models import Obligation
from tests.cast import Side
from tests.reporting import life

# installed for people: the tests' own machine has neither the typeface nor a mail server
NOT_HERE = {"Phông chữ, tệp giao diện", "Thư điện tử", "Ổ đĩa"}


def worst(everything: bool = True) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for title, finding in examine(everything):
        levels = [found.get(title, Level.GOOD), finding.level]
        found[title] = max(levels, key=list(Level).index)
    return found


@pytest.fixture
def well(here: Side, settings: Settings, tmp_path: Path) -> Side:
    """A cycle in which somebody has handed in, been returned, handed in again; a worker lives."""
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    from luc.reporting import actions

    actions.give_back(here.viewer("officer"), first.pk, remarks="Ghi rõ hơn")
    life.report(here, "finance")
    life.report(here, "environment")
    with writing():  # the story's plan names a paper that was never brought
        for row in StoredFile.objects.all():
            path = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / row.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
    settings.SECRET_KEY = "aB3-dE5_gH7jK9mN1pQ3sT5vW7yZ9cF2hJ4lM6oP8rS0uX2"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    beat()
    return here


def broken(side: Side, title: str) -> None:
    assert worst()[title] is Level.BAD


def test_where_nothing_is_wrong_nothing_is_found(well: Side) -> None:
    found = worst()
    assert {title for title, level in found.items() if level is not Level.GOOD} - NOT_HERE - {
        "Kho tệp"
    } == set()
    assert len(found) >= 10


def test_a_state_that_its_versions_do_not_bear_out_is_found(well: Side) -> None:
    with writing():
        Obligation.objects.filter(party=well.parties["finance"]).update(state="accepted")
    broken(well, "Kỳ báo cáo")


def test_a_version_that_is_missing_is_found(well: Side) -> None:
    with writing():
        Obligation.objects.filter(party=well.parties["environment"]).update(version=2)
    broken(well, "Kỳ báo cáo")


def test_bent_history_is_found(well: Side) -> None:
    with writing():
        line = Change.objects.order_by("pk")[0]
        line.pk, line.sequence = None, 9999
        line.save(force_insert=True)
    broken(well, "Nhật ký thay đổi")


def test_a_file_that_changed_is_found_and_named(well: Side) -> None:
    said = [finding.words for title, finding in examine(True) if title == "Kho tệp"]
    assert f"Tệp số {StoredFile.objects.all()[0].pk} mất hoặc đã bị đổi" in said[0]


def test_a_silent_worker_is_found(well: Side) -> None:
    with time_machine.travel(now() + timedelta(minutes=5)):
        broken(well, "Bộ chạy việc")
    cache.clear()
    broken(well, "Bộ chạy việc")


def test_a_job_that_waits_is_told(well: Side) -> None:
    with writing():
        row = Job.objects.create(tenant=well.tenant, kind="tests.waits", title="Chờ")
        Job.objects.filter(pk=row.pk).update(created_at=now() - timedelta(hours=1))
    assert worst()["Bộ chạy việc"] is Level.WARN


def test_a_database_of_another_release_is_told(well: Side) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_x', '2027-01-01 00:00:00')"
        )
    broken(well, "Cơ sở dữ liệu")


@pytest.mark.parametrize(
    ("name", "value", "title"),
    [
        ("DEBUG", True, "Thiết lập"),
        ("ALLOWED_HOSTS", ["*"], "Thiết lập"),
        ("SECRET_KEY", "changeme", "Khóa bí mật"),
        ("SECRET_KEY", "a" * 80, "Khóa bí mật"),
    ],
)
def test_a_careless_setting_is_found(
    well: Side, settings: Settings, name: str, value: object, title: str
) -> None:
    setattr(settings, name, value)
    broken(well, title)


def test_a_clock_that_went_back_is_found(well: Side) -> None:
    with time_machine.travel(now() - timedelta(days=1)):
        broken(well, "Giờ của máy")


def test_the_command_says_it_and_ends_with_it(well: Side) -> None:
    told = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--all", stdout=told)
    assert ended.value.code == 2
    lines = told.getvalue().splitlines()
    assert all(line[0] in "·!✗" for line in lines)
    assert any(line.startswith("✗ Kho tệp: Tệp số") for line in lines)
