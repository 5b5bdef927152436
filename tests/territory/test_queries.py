"""Units through time: which code meant what, what became of what, and what lies in a province that is no more."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luc.kernel.models import Tenant
from luc.kernel.writing import writing
from luc.territory import loading, queries
from luc.territory.models import Succession, TenantUnit, Unit

BEFORE, AFTER, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)


@pytest.fixture
def units(db: None) -> loading.Loaded:
    """The real units, as `luc load` gives them."""
    return loading.load(settings.REFDATA)


def province(code: str, on: date) -> Unit:
    found = queries.unit_by_code(Unit.Level.PROVINCE, code, on)
    assert found is not None
    return found


def test_all_units_are_loaded_and_a_second_load_writes_nothing(units: loading.Loaded) -> None:
    today = Unit.objects.filter(valid_to=None)
    ended = Unit.objects.exclude(valid_to=None)
    assert today.filter(level="province").count() == 34
    assert today.filter(level="commune").count() == 3321
    assert ended.filter(valid_from=None, level="province").count() == 63
    assert ended.filter(level="district").count() == 696
    assert ended.filter(valid_from=None, level="commune").count() == 10035
    assert units.with_communes
    again = loading.load(settings.REFDATA)
    assert (again.written, again.units, again.successions) == (0, units.units, units.successions)


def test_a_value_that_the_file_changed_is_changed(units: loading.Loaded) -> None:
    with writing():
        Unit.objects.filter(code="31135", valid_to=None).update(full_name="Xã Sai")
    assert loading.load(settings.REFDATA).written == 1
    assert Unit.objects.get(code="31135", valid_to=None).full_name == "Phường Ninh Kiều"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The reference files of units, to be corrected."""
    for folder in ("admin", "succession"):
        shutil.copytree(settings.REFDATA / folder, tmp_path / folder)
    return tmp_path


def correct(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_corrected_succession_arrives(units: loading.Loaded, files: Path) -> None:
    mapping = files / "succession" / "ward_mapping_2025.csv"
    lines = mapping.read_text(encoding="utf-8").splitlines(keepends=True)
    wrong = next(n for n, line in enumerate(lines) if ",whole," in line)
    (line,) = csv.DictReader([lines[0], lines[wrong]])
    lines[wrong] = lines[wrong].replace(",whole,", ",part,")
    mapping.write_text("".join(lines), encoding="utf-8")
    assert loading.load(files).written == 1
    of = Succession.objects.filter(old__code=line["old_code"], old__level="commune", old__valid_from=None)
    assert of.get(new__code=line["new_code"]).kind == "part"
    mapping.write_text("".join(lines[:wrong] + lines[wrong + 1 :]), encoding="utf-8")
    assert loading.load(files).removed == 1
    assert not of.filter(new__code=line["new_code"]).exists()
    mapping.unlink()
    assert loading.load(files).removed == 0


def test_a_unit_the_files_name_no_more_goes_unless_it_is_in_use(units: loading.Loaded, files: Path) -> None:
    with writing():
        used = Unit.objects.create(code="A0001", level="commune", type="xa", name="A", full_name="Xã A")
        Unit.objects.create(code="A0002", level="commune", type="xa", name="B", full_name="Xã B")
        tenant = Tenant.objects.create(code="92", name="Cần Thơ")
        TenantUnit.objects.create(tenant=tenant, unit=used)
    again = loading.load(files)
    assert (again.removed, again.in_use) == (1, 1)
    assert Unit.objects.get(code__in=["A0001", "A0002"]) == used


def test_files_are_loaded_again_when_they_differ(db: None, files: Path) -> None:
    assert loading.is_stale(files)
    loading.load(files)
    loading.remember(files)
    assert not loading.is_stale(files)
    correct(files / "admin" / "communes.csv", "Phường Ninh Kiều", "Phường Ninh  Kiều")
    assert loading.is_stale(files)
    assert not loading.is_stale(files / "nothing")


def test_a_code_means_what_it_meant_on_the_day(units: loading.Loaded) -> None:
    assert province("92", BEFORE).valid_to == AFTER
    assert province("92", AFTER).valid_from == AFTER
    assert queries.unit_by_code("province", "94", NOW) is None
    assert queries.unit_by_code("district", "916", NOW) is None


def test_a_unit_that_changed_its_type_is_two_units_with_a_succession(units: loading.Loaded) -> None:
    change = date(2026, 4, 30)
    assert province("75", date(2026, 4, 29)).full_name == "Tỉnh Đồng Nai"
    assert province("75", change).full_name == "Thành phố Đồng Nai"
    renamed = Succession.objects.filter(kind="renamed", on=change)
    assert renamed.filter(new__level="commune").count() == 10
    assert {line.new.type for line in renamed.filter(new__level="commune")} == {"phuong"}
    assert renamed.get(new__level="province").old.full_name == "Tỉnh Đồng Nai"


def test_what_an_ended_province_was_today(units: loading.Loaded) -> None:
    found = {
        old.code: queries.units_within(old.pk, NOW)
        for old in Unit.objects.filter(
            level="province", valid_from=None, code__in=["92", "94", "93", "01", "75"]
        )
    }
    sizes = {code: len(communes) for code, communes in found.items()}
    assert sizes == {"92": 32, "94": 43, "93": 28, "01": 126, "75": 55}
    for communes in found.values():
        assert Unit.objects.filter(pk__in=communes, level="commune", valid_to=None).count() == len(communes)


def test_the_parts_of_a_merged_province_cover_it(units: loading.Loaded) -> None:
    whole = queries.units_within(province("92", NOW).pk, NOW)
    old = Unit.objects.filter(level="province", code__in=["92", "93", "94"], valid_from=None)
    parts = [queries.units_within(unit.pk, NOW) for unit in old]
    assert set().union(*parts) == whole
    assert len(whole) == 103


def test_a_province_keeps_its_communes_under_its_new_type(units: loading.Loaded) -> None:
    former = Unit.objects.get(full_name="Tỉnh Đồng Nai", valid_from=AFTER)
    assert queries.units_within(former.pk, NOW) == queries.units_within(province("75", NOW).pk, NOW)


def test_an_old_province_before_the_merger_has_its_old_communes(units: loading.Loaded) -> None:
    found = queries.units_within(province("92", BEFORE).pk, BEFORE)
    assert Unit.objects.filter(pk__in=found, valid_from=None, level="commune").count() == len(found) == 80


def test_a_district_without_communes_became_a_special_zone(units: loading.Loaded) -> None:
    district = Unit.objects.get(level="district", full_name="Huyện Bạch Long Vĩ")
    assert [line.new.full_name for line in queries.became_of(district)] == ["Đặc khu Bạch Long Vĩ"]


def test_search_finds_with_and_without_marks(units: loading.Loaded) -> None:
    for words in ("ninh kieu", "Ninh Kiều", "NINH KIỀU", "kieu ninh"):
        assert {unit.full_name for unit in queries.search(words)} == {"Quận Ninh Kiều", "Phường Ninh Kiều"}
        assert [unit.full_name for unit in queries.search(words, on=NOW)] == ["Phường Ninh Kiều"]


def test_statements_do_not_grow_with_units(units: loading.Loaded) -> None:
    counts = set()
    for code in ("92", "38", "01"):
        old = Unit.objects.get(level="province", code=code, valid_from=None)
        with CaptureQueriesContext(connection) as captured:
            queries.units_within(old.pk, NOW)
        counts.add(len(captured))
    assert max(counts) <= 5
    with CaptureQueriesContext(connection) as captured:
        list(queries.provinces(NOW))
    assert len(captured) == 1


def without_succession(tmp_path: Path) -> Path:
    (tmp_path / "admin").symlink_to(settings.REFDATA / "admin")
    return tmp_path


def test_without_the_succession_folder_provinces_still_know_theirs(db: None, tmp_path: Path) -> None:
    loaded = loading.load(without_succession(tmp_path))
    assert not loaded.with_communes
    assert not queries.knows_communes()
    can_tho = province("92", NOW)
    came = {line.old.full_name for line in queries.predecessors([can_tho.pk])[can_tho.pk]}
    assert came == {"Thành phố Cần Thơ", "Tỉnh Hậu Giang", "Tỉnh Sóc Trăng"}
    soc_trang = Unit.objects.get(level="province", full_name="Tỉnh Sóc Trăng")
    assert queries.units_within(soc_trang.pk, NOW) == set()
    ha_noi = Unit.objects.get(level="province", code="01", valid_from=None)
    assert len(queries.units_within(ha_noi.pk, NOW)) == 126


def test_a_broken_file_changes_nothing(db: None, tmp_path: Path) -> None:
    folder = tmp_path / "admin"
    folder.mkdir()
    for file in (settings.REFDATA / "admin").glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    communes = folder / "communes.csv"
    communes.write_text(
        communes.read_text(encoding="utf-8").replace("2025-07-01", "ngày", 1), encoding="utf-8"
    )
    with pytest.raises(ValueError):
        loading.load(tmp_path)
    assert not Unit.objects.exists()
