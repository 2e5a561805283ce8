"""A workbook read back unchanged, shuffled, or by way of LibreOffice gives the plan to the byte."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from sosei.formats.workbook import mark_of, plan_workbook, read_workbook
from sosei.formats.workbook.views import SHEET_NAMES
from sosei.formats.xlsx_cells import read_book
from sosei.plan.model import Plan
from sosei.plan.writing import dump_plan
from sosei.values import Problem
from tests.formats.workbook.books import Excel, example, example_workbook
from tests.web.reading.large import large_plan

CITIES = ("hitoyoshi", "aso")


@pytest.mark.parametrize("city", CITIES)
def test_an_export_read_back_is_the_plan(city: str) -> None:
    incoming = read_workbook(read_book(example_workbook(city)), example(city))
    assert (incoming.errors, incoming.remarks) == ((), ())
    assert same(incoming.plan, example(city))


@pytest.mark.parametrize("city", CITIES)
def test_two_exports_are_the_same_bytes(city: str) -> None:
    assert plan_workbook(example(city)) == example_workbook(city)


def test_a_workbook_tells_which_state_it_was_written_from() -> None:
    plan = example("aso")
    book = read_book(plan_workbook(plan, mark="e2"))
    assert mark_of(book) == "e2"
    assert same(read_workbook(book, plan).plan, plan)
    assert mark_of(read_book(plan_workbook(plan))) == ""


@pytest.mark.slow
def test_a_plan_of_a_large_city_comes_back() -> None:
    plan = large_plan()
    incoming = read_workbook(read_book(plan_workbook(plan)), plan)
    assert incoming.errors == ()
    assert same(incoming.plan, plan)


@pytest.mark.parametrize("city", CITIES)
def test_sorted_rows_moved_columns_new_titles_and_renamed_tabs_do_no_harm(city: str) -> None:
    excel = Excel(example_workbook(city))
    draw = random.Random(5)
    for name in SHEET_NAMES[1:]:
        sheet = excel.sheet(name)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        order = [*range(len(rows[0]))]
        draw.shuffle(order)
        below = rows[1:]
        draw.shuffle(below)
        sheet.delete_rows(1, len(rows))
        for number, row in enumerate([rows[0], *below], start=4):
            for column, place in enumerate(order, start=2):
                sheet.cell(number + (number > 6), column).value = row[place]
        sheet.cell(1, 2).value = "総合戦略　進捗管理表"
        sheet.title = f"{name}（写し）"
    incoming = excel.read(example(city))
    assert incoming.errors == ()
    assert same(incoming.plan, example(city))


def test_missing_sheets_columns_and_rows_change_nothing() -> None:
    excel = Excel(example_workbook("hitoyoshi"))
    for name in SHEET_NAMES:
        if name not in ("体系", "指標・KPI"):
            del excel.book[name]
    excel.sheet("体系").delete_rows(5, 60)
    excel.sheet("指標・KPI").delete_cols(excel.column("指標・KPI", "基準値"), 4)
    incoming = excel.read(example("hitoyoshi"))
    assert incoming.errors == ()
    assert same(incoming.plan, example("hitoyoshi"))


def test_the_workbook_of_another_plan_is_refused() -> None:
    with pytest.raises(Problem, match="another plan"):
        read_workbook(read_book(example_workbook("aso")), example("hitoyoshi"))


def test_a_workbook_without_a_sheet_of_a_plan_is_refused() -> None:
    excel = Excel(example_workbook("aso"))
    for name in SHEET_NAMES:
        del excel.book[name]
    with pytest.raises(Problem, match="no sheet that can be read"):
        excel.read(example("aso"))


@pytest.mark.slow
@pytest.mark.parametrize("city", CITIES)
def test_a_way_through_libreoffice_changes_nothing(city: str, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    start = tmp_path / "plan.xlsx"
    start.write_bytes(example_workbook(city))
    converted = _convert(_convert(start, "ods", tmp_path / "1"), "xlsx", tmp_path / "2")
    incoming = read_workbook(read_book(converted.read_bytes()), example(city))
    assert incoming.errors == ()
    assert same(incoming.plan, example(city))


def _convert(path: Path, form: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form}"


def same(plan: Plan | None, other: Plan) -> bool:
    """Whether the two plans are the same file."""
    return plan is not None and dump_plan(plan) == dump_plan(other)
