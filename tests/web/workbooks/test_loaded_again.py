"""A workbook is loaded, written on and loaded again: its own first loading is nothing to ask about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sosei.plan.operations import Set
from sosei.plan.sharing import own_data
from sosei.plan.walk import index, placements
from sosei.values import parse_quantity
from sosei.web.jobs.models import Job
from sosei.web.people.actor import actor_of
from sosei.web.plans import undoing
from sosei.web.plans.acts import operate
from sosei.web.workbooks.choices import both_of
from sosei.web.workbooks.keeping import KEPT_DAYS, clear_old
from sosei.web.workbooks.models import Upload
from tests.formats.workbook.books import Excel
from tests.web.workbooks.conftest import Desk

pytestmark = pytest.mark.django_db

SHEET = "指標・KPI"


def _taken_out(desk: Desk) -> Excel:
    """The draft as the officer takes it out on the page of documents."""
    address = reverse("documents", args=["432148", desk.draft.plan.key, "draft"])
    desk.client.post(address, {"document": "workbook/xlsx"})
    return Excel(
        (settings.CONFIG.files / Job.objects.filter(kind="workbook").latest("created_at").file).read_bytes()
    )


def _nth(desk: Desk, at: int) -> Any:
    return [each for _, each in placements(desk.document)][at]


def _first_indicator(desk: Desk) -> Any:
    return index(desk.document)[_nth(desk, 0).indicator]


def _write(excel: Excel, desk: Desk, at: int = 0, **cells: str) -> None:
    row = excel.row(SHEET, "指標名", _nth(desk, at).name)
    for heading, text in cells.items():
        excel.set(SHEET, row, heading.replace("_", " "), text)


def _load(desk: Desk, excel: Excel) -> Any:
    upload = desk.upload(excel.save())
    desk.accept(upload)
    return upload


def _on_screen(desk: Desk, person: Callable[..., Any], at: int, text: str) -> None:
    user = person("officer", desk.draft.municipality, username="hanako")
    placed = _nth(desk, at)
    old = own_data(placed)["target"]
    new = own_data(
        placed.model_copy(
            update={"target": placed.target.model_copy(update={"quantity": parse_quantity(text)})}
        )
    )["target"]
    operate(
        actor_of(user, desk.draft.municipality),
        desk.draft,
        [Set(key=placed.key, field="target", old=old, new=new)],
    )


def _targets(desk: Desk, *at: int) -> list[str]:
    return [_nth(desk, each).target.quantity.text for each in at]


def test_what_its_first_loading_wrote_is_written_again_without_a_question(desk: Desk) -> None:
    excel = _taken_out(desk)
    excel.add_column(SHEET, "実績 R7")
    _write(excel, desk, 0, 目標値="123人", 実績_R7="11人", 資料="サンプルの調べ")
    _write(excel, desk, 1, 目標値="45人", 目標年="令和9年度")
    _load(desk, excel)
    unchanged = desk.upload(excel.save())
    assert "変わるところはありません" in desk.page(unchanged)
    _write(excel, desk, 0, 目標値="124人", 実績_R7="12人")
    _write(excel, desk, 1, 目標値="46人")
    upload = desk.upload(excel.save())
    assert not both_of(upload)
    assert "両方で変わった" not in desk.page(upload)
    desk.accept(upload)
    assert _targets(desk, 0, 1) == ["124人", "46人"]
    indicator = _first_indicator(desk)
    assert [each.quantity.text for each in indicator.observations] == ["12人"]
    assert indicator.source == "サンプルの調べ"


def test_what_it_says_as_when_it_was_taken_out_is_left_to_the_draft(desk: Desk) -> None:
    """A copy that was never written in says the same."""
    excel = _taken_out(desk)
    excel.add_column(SHEET, "実績 R7")
    before = _targets(desk, 0)[0]
    _write(excel, desk, 0, 目標値="123人", 実績_R7="11人")
    _load(desk, excel)
    _write(excel, desk, 0, 目標値=before, 実績_R7="")
    upload = desk.upload(excel.save())
    assert "前に取り込んだあとに下書きで書かれた1か所は" in desk.page(upload)
    desk.accept(upload)
    assert _targets(desk, 0) == ["123人"]
    assert _first_indicator(desk).observations


def test_a_row_that_came_with_it_is_written_on(desk: Desk) -> None:
    excel = _taken_out(desk)
    like = excel.row(SHEET, "指標名", _nth(desk, 0).name)
    places = {name: excel.get(SHEET, like, name) for name in ("基本目標", "基本的方向", "施策", "役割")}
    row = excel.add(SHEET, **places, 指標名="サンプルの指標", 単位="人", 目標値="9人", 目標年="R11")
    _load(desk, excel)
    excel.set(SHEET, row, "目標値", "10人")
    upload = desk.upload(excel.save())
    assert not both_of(upload)
    desk.accept(upload)
    (placed,) = [each for _, each in placements(desk.document) if each.name == "サンプルの指標"]
    assert placed.target is not None
    assert placed.target.quantity.text == "10人"


def test_what_was_written_on_screen_since_stays_or_is_asked_about(
    desk: Desk, person: Callable[..., Any]
) -> None:
    excel = _taken_out(desk)
    _write(excel, desk, 0, 目標値="123人")
    _load(desk, excel)
    _on_screen(desk, person, 0, "999人")
    upload = desk.upload(excel.save())  # it says what it said at its first loading
    assert (upload.operations, both_of(upload)) == ("[]", [])
    _write(excel, desk, 0, 目標値="124人")
    (both,) = both_of(desk.upload(excel.save()))
    assert both.who.startswith("hanako")
    assert both.written["quantity"]["text"] == "123人"


def test_after_its_loading_was_taken_back_it_is_taken_over_anew(desk: Desk) -> None:
    excel = _taken_out(desk)
    _write(excel, desk, 0, 目標値="123人")
    _load(desk, excel)
    undoing.undo_last(desk.actor, desk.draft)
    upload = _load(desk, excel)
    assert not both_of(upload)
    assert _targets(desk, 0) == ["123人"]
    undoing.undo_last(desk.actor, desk.draft)
    undoing.redo_last(desk.actor, desk.draft)
    _write(excel, desk, 0, 目標値="124人")
    assert not both_of(desk.upload(excel.save()))


def test_another_copy_of_the_workbook_takes_nothing_back(desk: Desk) -> None:
    """Two divisions send back their copies of one workbook, and one officer loads both."""
    one, other = _taken_out(desk), _taken_out(desk)
    _write(one, desk, 0, 目標値="123人")
    _write(one, desk, 1, 目標値="45人")
    _load(desk, one)
    _write(other, desk, 1, 目標値="46人")
    _write(other, desk, 2, 目標値="7人")
    upload = desk.upload(other.save())
    (both,) = both_of(upload)
    assert both.written["quantity"]["text"] != "45人"
    desk.accept(upload)
    assert _targets(desk, 0, 1, 2) == ["123人", "45人", "7人"]


def test_another_year_or_part_of_a_value_in_another_copy_takes_nothing_back(desk: Desk) -> None:
    one, other = _taken_out(desk), _taken_out(desk)
    _write(one, desk, 0, 目標値="123人")
    _load(desk, one)
    _write(other, desk, 0, 目標年="令和9年度")
    desk.accept(desk.upload(other.save()))
    assert _targets(desk, 0) == ["123人"]
    assert _nth(desk, 0).target.year.text == "令和9年度"


def test_somebody_else_is_asked(desk: Desk, signed_in: Callable[..., Any]) -> None:
    excel = _taken_out(desk)
    _write(excel, desk, 0, 目標値="123人")
    _load(desk, excel)
    _write(excel, desk, 0, 目標値="124人")
    desk.client = signed_in("officer", desk.draft.municipality, username="hanako")
    assert len(both_of(desk.upload(excel.save()))) == 1


def test_it_is_known_as_long_as_the_draft_is_open(desk: Desk) -> None:
    excel = _taken_out(desk)
    _write(excel, desk, 0, 目標値="123人")
    _load(desk, excel)
    Upload.objects.update(created_at=timezone.now() - timedelta(days=KEPT_DAYS + 1))
    assert clear_old() == 0
    _write(excel, desk, 0, 目標値="124人")
    assert not both_of(desk.upload(excel.save()))
    desk.draft.is_open = False
    desk.draft.save()
    Upload.objects.update(created_at=timezone.now() - timedelta(days=KEPT_DAYS + 1))
    clear_old()
    assert not Upload.objects.exists()


def test_another_copy_brings_back_nothing_that_an_earlier_one_took_out(desk: Desk) -> None:
    excel = _taken_out(desk)
    excel.add_column(SHEET, "実績 R7")
    _write(excel, desk, 0, 実績_R7="11人")
    _load(desk, excel)
    one, other = _taken_out(desk), _taken_out(desk)
    _write(one, desk, 0, 実績_R7="")
    _load(desk, one)
    assert not _first_indicator(desk).observations
    _write(other, desk, 1, 目標値="45人")
    desk.accept(desk.upload(other.save()))
    assert _targets(desk, 1) == ["45人"]
    assert not _first_indicator(desk).observations
