"""What was changed in a workbook and on screen since it was taken out is asked about, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sosei.plan.indicator import Observation, Value
from sosei.plan.operations import Add, Location, Operation, Remove, Set, inverse
from sosei.plan.sharing import own_data
from sosei.plan.walk import index, placements
from sosei.values import parse_quantity, parse_year_label
from sosei.web.journal.models import Act
from sosei.web.people.actor import actor_of
from sosei.web.plans import undoing
from sosei.web.plans.acts import operate
from sosei.web.plans.store import working_copy
from sosei.web.workbooks import merging
from sosei.web.workbooks.choices import both_of
from tests.formats.workbook.books import Excel
from tests.web.workbooks.conftest import Desk

pytestmark = pytest.mark.django_db

SHEET = "指標・KPI"
UNNAMED = "認定農業者数"  # nothing else in the plan names it
Screen = Callable[..., None]


def _first(desk: Desk) -> Any:
    return next(placement for _, placement in placements(desk.document))


def _indicator(desk: Desk) -> Any:
    return index(desk.document)[_first(desk).indicator]


def _with(desk: Desk, excel: Excel, **cells: str) -> bytes:
    row = excel.row(SHEET, "指標名", _first(desk).name)
    for heading, text in cells.items():
        excel.set(SHEET, row, heading.replace("_", " "), text)
    return excel.save()


def _target(first: Any, text: str) -> dict[str, Any]:
    found: dict[str, Any] = first.target.model_copy(update={"quantity": parse_quantity(text)}).model_dump(
        mode="json", exclude_defaults=True
    )
    return found


@pytest.fixture
def screen(desk: Desk, person: Callable[..., Any]) -> Screen:
    """Somebody else writes fields of a record on screen."""
    user = person("officer", desk.draft.municipality, username="hanako")
    other = actor_of(user, desk.draft.municipality)

    def write(key: str, **fields: Any) -> None:
        now = own_data(index(desk.document)[key])
        made = [Set(key=key, field=name, old=now.get(name), new=new) for name, new in fields.items()]
        operate(other, desk.draft, made)

    return write


def _observed(desk: Desk, *texts: str) -> Any:
    """The first and the second indicator get a value of R7 each; the record of the first."""
    keys = list(dict.fromkeys(each.indicator for _, each in placements(desk.document)))
    for key, text in zip(keys, texts, strict=False):
        year, quantity = parse_year_label("R7"), parse_quantity(text)
        record = Observation(key=f"observed{keys.index(key)}x", year=year, quantity=quantity)
        to = Location(parent=key, collection="observations")
        operate(desk.actor, desk.draft, [Add(to=to, record=own_data(record))])
    return _indicator(desk).observations[0]


def _data(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = value.model_dump(mode="json", exclude_defaults=True)
    return found


def test_both_values_are_asked_about_first_and_the_screen_stays_unless_the_file_is_chosen(
    desk: Desk, screen: Screen
) -> None:
    first = _first(desk)
    before = first.target.quantity.text
    data = _with(desk, desk.taken_out(), 目標値="123人", 資料="サンプルの調べ")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    page = desk.page(upload)
    group, _, rest = page.partition('id="accept"')
    for text in ("両方で変わったところが1か所", before, "999人", "123人", "hanako", "画面の値を残す"):
        assert text in group
    (both,) = both_of(upload)
    assert f'name="{both.name}" value="screen" checked' in group
    assert "123人" not in rest  # the list holds what is taken over without a question
    assert "サンプルの調べ" in rest
    said = desk.accept(upload).content.decode()
    assert "画面の値を残したところは1か所" in said
    assert _first(desk).target.quantity.text == "999人"
    assert _indicator(desk).source == "サンプルの調べ"
    entry = Act.objects.filter(action="draft.changed").latest("no")
    told = json.loads(entry.new)
    assert (told["kept"], told["operations"]) == (1, 1)
    assert "画面の値を残したところ1件" in told["summary"]["ja"]


def test_the_chosen_value_of_the_file_is_written_once_and_undone(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    (both,) = both_of(upload)
    desk.accept(upload, **{both.name: "file"})
    assert _first(desk).target.quantity.text == "123人"
    length = desk.length
    assert "もう取り込んであります" in desk.accept(upload, **{both.name: "file"}).content.decode()
    assert desk.length == length
    undoing.undo_last(desk.actor, desk.draft)
    assert _first(desk).target.quantity.text == "999人"


def test_nothing_but_kept_values_is_logged_and_writes_nothing(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    length = desk.length
    assert "画面の値を残しました（1か所）" in desk.accept(upload).content.decode()
    assert desk.length == length
    assert json.loads(Act.objects.get(action="workbook.kept").new)["kept"] == 1


def test_all_are_taken_only_as_they_were_seen(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人", 資料="サンプルの調べ")
    screen(first.key, target=_target(first, "999人"))
    screen(first.indicator, source="画面の資料")
    upload = desk.upload(data)
    assert len(both_of(upload)) == 2
    stale = desk.accept(upload, all="file", seen="")
    assert stale.status_code == 400
    assert 'name="all" value="file" checked' in stale.content.decode()
    desk.accept(upload, all="file", seen=str(desk.draft.operations.last().pk))
    assert (_first(desk).target.quantity.text, _indicator(desk).source) == ("123人", "サンプルの調べ")


def test_a_choice_outlives_an_error_and_is_none_of_another_value(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人", 望ましい向き="どちらでも")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    (both,) = both_of(upload)
    refused = desk.accept(upload, **{both.name: "file"})
    assert refused.status_code == 400
    assert f'name="{both.name}" value="file" checked' in refused.content.decode()
    screen(first.key, target=_target(first, "888人"))
    desk.client.post(desk.address("workbook_again", upload=upload.pk))
    desk.accept(upload, without_faulty="1", **{both.name: "file"})  # as chosen against 999人
    assert _first(desk).target.quantity.text == "888人"


def test_what_changes_once_more_while_it_is_looked_at_is_kept(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    (both,) = both_of(upload)
    screen(first.key, target=_target(first, "888人"))
    page = desk.page(upload)
    assert "ほかの変更と重なったところが1か所" in page
    assert both.name not in page
    assert desk.accept(upload, **{both.name: "file"}).status_code == 400
    assert _first(desk).target.quantity.text == "888人"


def test_targets_of_years_are_compared_year_by_year(desk: Desk, screen: Screen) -> None:
    first = next(each for _, each in placements(desk.document) if not each.path)
    years = [parse_year_label(text) for text in ("R7", "R8")]

    def path(*texts: str) -> list[dict[str, Any]]:
        return [
            _data(Value(quantity=parse_quantity(text), year=year))
            for year, text in zip(years, texts, strict=False)
        ]

    was, now = path("1人", "2人"), path("1人", "20人")
    assert merging.merged("path", was, now, path("10人", "2人")) == (path("10人", "20人"),) * 2
    assert merging.merged("path", was, now, path("10人", "3人")) == (
        path("10人", "20人"),
        path("10人", "3人"),
    )
    assert merging.merged("path", was, now, []) == (path("", "20人")[1:], None)
    assert merging.merged("path", None, now[1:], path("10人")) == (path("10人", "20人"),) * 2
    screen(first.key, path=now)
    written = next(each for _, each in placements(desk.document) if each.key == first.key)
    assert written.path[1].quantity.text == "20人"


def test_a_year_taken_out_on_screen_and_changed_in_the_file_is_asked_about(
    desk: Desk, person: Callable[..., Any]
) -> None:
    observation = _observed(desk, "70億円")
    changed = _with(desk, desk.taken_out(), 実績_R7="77億円")
    same = desk.taken_out().save()
    _remove(desk, observation.key)
    assert not both_of(desk.upload(same))  # what it still says of before is no new value
    upload = desk.upload(changed)
    (both,) = both_of(upload)
    page = desk.page(upload)
    assert "（削除）" in page
    assert observation.quantity.text in page
    desk.accept(upload, **{both.name: "file"})
    assert "77億円" in {each.quantity.text for each in _indicator(desk).observations}


def test_a_year_that_came_on_screen_is_not_taken_out_by_a_blank_cell(desk: Desk) -> None:
    observation = _observed(desk, "70億円", "5人")
    add = _remove(desk, observation.key)
    excel = desk.taken_out()
    data = _with(desk, excel, 資料="サンプルの調べ")
    operate(desk.actor, desk.draft, [add])
    upload = desk.upload(data)
    desk.accept(upload)
    assert _indicator(desk).observations[0].quantity == observation.quantity
    assert _indicator(desk).source == "サンプルの調べ"


def test_a_row_to_be_removed_that_was_written_in_on_screen_is_asked_about_with_its_indicator(
    desk: Desk, screen: Screen
) -> None:
    placed = next(each for _, each in placements(desk.document) if each.name == UNNAMED)
    excel = desk.taken_out()
    excel.set(SHEET, excel.row(SHEET, "指標名", UNNAMED), "削除", "削除")
    screen(placed.key, target=_target(placed, "999人"))
    upload = desk.upload(excel.save())
    (both,) = both_of(upload)
    assert [each.op for each in both.operations] == ["remove", "remove"]
    assert UNNAMED in desk.page(upload)
    desk.accept(upload)
    assert {placed.key, placed.indicator} <= index(desk.document).keys()
    again = desk.upload(excel.save())
    (both,) = both_of(again)
    desk.accept(again, **{both.name: "file"})
    assert not {placed.key, placed.indicator} & index(desk.document).keys()


def _remove(desk: Desk, key: str) -> Operation:
    """Take a record out of the draft; what brings it back."""
    work = working_copy(desk.draft)
    removal = Remove(old=work.location(key), record=work.record(key))
    operate(desk.actor, desk.draft, [removal])
    return inverse(removal)


def test_what_differs_only_in_the_file_is_taken_over_as_before(desk: Desk) -> None:
    operate(desk.actor, desk.draft, [])
    upload = desk.upload(_with(desk, desk.taken_out(), 目標値="123人"))
    page = desk.page(upload)
    assert "両方で変わった" not in page
    assert "見分けられない" not in page
    assert not both_of(upload)
    desk.accept(upload)
    assert _first(desk).target.quantity.text == "123人"


@pytest.mark.parametrize("is_marked", [True, False])
def test_without_a_mark_the_page_says_that_it_cannot_tell(
    desk: Desk, screen: Screen, is_marked: bool
) -> None:
    first = _first(desk)
    excel = desk.taken_out() if is_marked else desk.excel()
    data = _with(desk, excel, 目標値="123人")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    assert ("見分けられない" in desk.page(upload)) is not is_marked
    desk.accept(upload)
    assert _first(desk).target.quantity.text == ("999人" if is_marked else "123人")


def test_the_english_page_asks_in_english(desk: Desk, screen: Screen) -> None:
    first = _first(desk)
    data = _with(desk, desk.taken_out(), 目標値="123人")
    screen(first.key, target=_target(first, "999人"))
    upload = desk.upload(data)
    desk.client.cookies["sosei_language"] = "en"
    page = desk.page(upload)
    assert "Changed in the file and on screen: 1" in page
    assert "Keep the screen’s" in page
