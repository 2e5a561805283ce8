from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sosei.plan.indicator import Indicator, Placement
from sosei.plan.walk import index, placements
from sosei.plan.writing import data_of
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db
YEAR = 2026  # 令和8年度, the first of 阿蘇市's plan


class Sheet:
    """The cells of the first placement of 阿蘇市's draft, sent as the page's script sends them."""

    def __init__(self, writer: Writer, place: int = 0) -> None:
        self.here = writer
        self.key = [each.key for _, each in placements(writer.plan)][place]

    @property
    def placement(self) -> Placement:
        node = index(self.here.plan)[self.key]
        assert isinstance(node, Placement)
        return node

    @property
    def indicator(self) -> Indicator:
        node = index(self.here.plan)[self.placement.indicator]
        assert isinstance(node, Indicator)
        return node

    def send(self, cells: dict[str, tuple[Any, dict[str, str]]], client: Any = None) -> Any:
        sent = {}
        for name, (was, typed) in cells.items():
            sent[f"was.{self.key}/{name}"] = json.dumps(was)
            sent |= {f"{self.key}/{name}{part}": text for part, text in typed.items()}
        address = f"{self.here.base}placements/{self.key}/"
        return (client or self.here.client).post(address, sent, headers={"accept": "application/json"})

    def type(self, name: str, text: str, was: Any = None, **more: str) -> Any:
        parts = {f"/{part}": word for part, word in more.items()}
        answer = self.send({name: (was, {"": text, **parts})}).json()
        return answer["fields"][f"{self.key}/{name}"]

    def was(self, answer: Any) -> Any:
        return json.loads(answer["was"])


@pytest.fixture
def sheet(writer: Callable[..., Writer]) -> Sheet:
    return Sheet(writer("aso"))


@pytest.mark.parametrize(
    ("sort", "text", "heard"),
    [
        ("target", "1,260億円", "数 126,000,000,000、単位 円"),
        ("actual", "１,２５０億円", "数 125,000,000,000、単位 円"),
        ("actual", "△１０億円", "数 -1,000,000,000、単位 円"),
        ("actual", "集計中", "値なし（集計中）"),
        ("actual", "－", "値なし"),
        ("rate", "95.2％", "数 95.2、単位 ％"),
        ("grade", "Ａ", ""),
        ("source", "県民経済計算", ""),
    ],
)
def test_a_cell_is_kept_as_typed_and_emptied_leaves_nothing(
    sheet: Sheet, sort: str, text: str, heard: str
) -> None:
    before = data_of(sheet.placement), data_of(sheet.indicator)
    name = f"{sort}:{YEAR}.1"
    answer = sheet.type(name, text)
    assert answer["state"] == "saved", answer["message"]
    assert heard in answer["heard"].get(f"{sheet.key}/{name}", "")
    kept = json.dumps([data_of(sheet.placement), data_of(sheet.indicator)], ensure_ascii=False)
    assert text in kept
    assert sheet.type(name, text, sheet.was(answer))["state"] == "same"
    assert sheet.type(name, "", sheet.was(answer))["state"] == "saved"
    assert (data_of(sheet.placement), data_of(sheet.indicator)) == before


@pytest.mark.parametrize(
    ("adopted", "own", "difference"),
    [
        ("354,831,799円", "3.5億円", "precision"),
        ("33件", "33件／年", "suffix"),
        ("15,579人", "15,473人", "conflict"),
        ("集計中", "12件", "conflict"),
    ],
)
def test_how_a_printed_value_differs_is_worked_out_and_can_be_said(
    sheet: Sheet, adopted: str, own: str, difference: str
) -> None:
    sheet.type(f"actual:{YEAR}.1", adopted)
    name = f"own:{YEAR}.1"
    answer = sheet.type(name, own)
    assert "実績との違い" in answer["heard"][f"{sheet.key}/{name}"]
    (entry,) = sheet.placement.printed
    assert entry.difference == difference
    assert sheet.type(name, own, sheet.was(answer), difference="suffix")["state"] in ("saved", "same")
    assert sheet.placement.printed[0].difference == "suffix"
    was = {"actual": data_of(sheet.placement.printed[0])["actual"], "difference": "suffix"}
    assert sheet.type(name, "", was)["state"] == "saved"
    assert sheet.placement.printed == ()


def test_a_place_prints_another_value_only_beside_an_actual(sheet: Sheet) -> None:
    assert "先にこの年の実績" in sheet.type(f"own:{YEAR}.1", "12件")["message"]
    sheet.type(f"actual:{YEAR}.1", "12件")
    answer = sheet.type(f"own:{YEAR}.1", "12件")
    assert answer["state"] == "problem"
    assert "実績と同じ値" in answer["message"]


def test_the_status_is_said_beside_the_value(sheet: Sheet) -> None:
    name = f"actual:{YEAR}.1"
    answer = sheet.type(name, "12件", status="provisional")
    assert sheet.indicator.observations[0].status == "provisional"
    assert sheet.type(name, "12件", sheet.was(answer), status="final")["state"] == "saved"
    assert sheet.indicator.observations[0].status == "final"


def test_the_source_keeps_the_year_when_the_value_goes(sheet: Sheet) -> None:
    source = sheet.type(f"source:{YEAR}.1", "国勢調査")
    answer = sheet.type(
        f"actual:{YEAR}.1", "12件", {"quantity": sheet.indicator.observations[0].quantity.text}
    )
    assert answer["state"] == "conflict"
    answer = sheet.type(f"actual:{YEAR}.1", "12件", sheet.was(answer))
    assert sheet.type(f"actual:{YEAR}.1", "", sheet.was(answer))["state"] == "saved"
    (observation,) = sheet.indicator.observations
    assert (observation.source, observation.quantity.text, observation.quantity.reason) == (
        "国勢調査",
        "",
        "not_due",
    )
    assert sheet.type(f"source:{YEAR}.1", "", sheet.was(source))["state"] == "saved"
    assert sheet.indicator.observations == ()


def test_the_years_of_a_path_stand_in_order_and_do_not_meet(sheet: Sheet) -> None:
    for year, text in ((2028, "3件"), (2026, "1件"), (2027, "2件")):
        assert sheet.type(f"target:{year}.1", text)["state"] == "saved"
    assert [str(each.quantity) for each in sheet.placement.path] == ["1件", "2件", "3件"]
    assert [each.year.text for each in sheet.placement.path if each.year] == [
        "令和8年度",
        "令和9年度",
        "令和10年度",
    ]


def test_only_a_cell_that_both_changed_is_refused_with_both_values(
    sheet: Sheet, signed_in: Callable[..., Any]
) -> None:
    sheet.type(f"target:{YEAR}.1", "1件")
    other = signed_in("officer", sheet.here.draft.municipality, username="other")
    name = f"target:{YEAR}.1"
    fields = sheet.send({name: (None, {"": "9件"}), "target:2027.1": (None, {"": "2件"})}, other).json()[
        "fields"
    ]
    refused, kept = fields[f"{sheet.key}/{name}"], fields[f"{sheet.key}/target:2027.1"]
    assert (refused["state"], kept["state"]) == ("conflict", "saved")
    assert (refused["theirs"], refused["inputs"]) == ("1件", {f"{sheet.key}/{name}": "1件"})
    assert "officer" in refused["who"]
    assert [str(each.quantity) for each in sheet.placement.path] == ["1件", "2件"]


def test_many_cells_are_one_act(sheet: Sheet) -> None:
    from sosei.web.plans.undoing import undo_last

    before = sheet.here.plan
    cells = {
        f"{sort}:{year}.1": (None, {"": f"{year}件"})
        for sort in ("target", "actual")
        for year in range(2026, 2030)
    } | {f"rate:{YEAR}.1": (None, {"": "50%"}), f"grade:{YEAR}.1": (None, {"": "B"})}
    answer = sheet.send(cells).json()
    assert {each["state"] for each in answer["fields"].values()} == {"saved"}
    assert sheet.here.draft.operations.values("act").distinct().count() == 1
    (entry,) = sheet.placement.printed
    assert (str(entry.rate), entry.grade) == ("50%", "B")
    undo_last(sheet.here.actor, sheet.here.draft)
    assert sheet.here.plan == before


def test_the_rates_are_computed_anew_after_each_save(sheet: Sheet) -> None:
    sheet.type(f"rate:{YEAR}.1", "55%")
    answer = sheet.send({f"actual:{YEAR}.1": (None, {"": "650億円"})}).json()
    (found,) = [each for each in answer["computed"] if each["at"] == f"{sheet.key}/{YEAR}"]
    assert found["rate"] == "計算 50%（印字と違います）"
    assert found["other"]["rate"] is True


def _target_sent(sheet: Sheet) -> dict[str, str]:
    was = json.dumps(sheet.here.value(sheet.key, "target"))
    return {"key": sheet.key, "was.target": was, "target.quantity": "1,400億円", "target.year": "R9"}


def test_a_saved_final_target_is_told_of_at_its_new_year_and_no_more_at_the_old(sheet: Sheet) -> None:
    sheet.type(f"actual:{YEAR + 1}.1", "700億円")
    address = f"{sheet.here.base}save/"
    sent = _target_sent(sheet)
    answer = sheet.here.client.post(address, sent, headers={"accept": "application/json"}).json()
    told = {each["at"]: each for each in answer["computed"] if each["owner"] == sheet.key}
    assert told[f"{sheet.key}/{YEAR}"]["remarks"] == []
    assert told[f"{sheet.key}/{YEAR + 1}"]["remarks"] == ["最終目標 1,400億円"]
    assert told[f"{sheet.key}/{YEAR + 1}"]["rate"] == "計算 50%"


def test_without_script_the_page_after_saving_says_the_new_final_target(sheet: Sheet) -> None:
    here = f"{sheet.here.base}placements/{sheet.key}/"
    assert "最終目標 1,300億円" in sheet.here.client.get(here).content.decode()
    page = sheet.here.client.post(
        f"{sheet.here.base}save/", {**_target_sent(sheet), ".next": here}, follow=True
    ).content.decode()
    assert "最終目標 1,400億円" in page
    assert "最終目標 1,300億円" not in page


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("令和3年度", "令和3年度", "令和3年度"),
        ("R3", "令和3年度", "令和3年度"),
        ("２０２１年度", "令和3年度", "令和3年度"),
        ("令和3年10月1日", "令和3年10月1日", "令和3年10月1日"),
    ],
)
def test_a_year_is_added_in_any_form(sheet: Sheet, typed: str, title: str, text: str) -> None:
    page = sheet.here.get(f"placements/{sheet.key}/", year=typed).content.decode()
    assert f">{title}<" in page
    label = f":{typed}" if title == typed and "月" in typed else ""
    name = f"actual:2021.1{label}"
    assert f'data-field="{sheet.key}/{name}"' in page
    assert sheet.type(name, "5件")["state"] == "saved"
    assert sheet.indicator.observations[0].year.text == text


def test_a_second_value_of_another_kind_of_year_has_its_own_row(sheet: Sheet) -> None:
    sheet.type(f"actual:{YEAR}.1", "5件")
    page = sheet.here.get(f"placements/{sheet.key}/", year="令和8年").content.decode()
    name = f"actual:{YEAR}.2:令和8年"
    assert f'data-field="{sheet.key}/{name}"' in page
    assert sheet.type(name, "6件")["state"] == "saved"
    assert [str(each.quantity) for each in sheet.indicator.observations] == ["5件", "6件"]
    assert sheet.type(f"actual:{YEAR}.2", "7件", json.loads('{"x": 1}'))["state"] == "conflict"


def test_what_is_no_year_is_said_and_kept(sheet: Sheet) -> None:
    page = sheet.here.get(f"placements/{sheet.key}/", year="いつか").content.decode()
    assert "「いつか」は年として読めません" in page
    assert 'value="いつか"' in page


@pytest.mark.parametrize(
    ("name", "was"),
    [
        ("actual:2026.1", "{"),
        ("actual:2026.1", '"x"'),
        ("target:2026.1", "[1]"),
        ("nothing:2026.1", "null"),
        ("actual:x.1", "null"),
        ("actual:2026", "null"),
    ],
)
def test_a_damaged_form_is_refused_in_one_sentence(sheet: Sheet, name: str, was: str) -> None:
    answer = sheet.here.client.post(
        f"{sheet.here.base}placements/{sheet.key}/",
        {f"was.{sheet.key}/{name}": was, f"{sheet.key}/{name}": "5件"},
        headers={"accept": "application/json"},
    ).json()["fields"][f"{sheet.key}/{name}"]
    assert answer["state"] in ("problem", "conflict")
    assert sheet.here.operations == 0


def test_without_script_the_whole_grid_is_saved_and_what_is_wrong_is_kept(sheet: Sheet) -> None:
    name = f"{sheet.key}/actual:{YEAR}.1"
    address = f"placements/{sheet.key}/"
    assert sheet.here.post(address, **{f"was.{name}": "null", name: "5件"}).status_code == 302
    page = sheet.here.post(address, **{f"was.{name}": "null", name: "６件"})
    assert page.status_code == 409
    assert 'value="６件"' in page.content.decode()
    page = sheet.here.post(address, **{f"was.{name}": "null", name: "a\x00b"})
    assert page.status_code in (400, 409)


@pytest.mark.parametrize("of", ["target", "actual", "own", "rate", "grade", "source", "nonsense"])
def test_the_placements_of_an_element_stand_in_one_grid(writer: Callable[..., Writer], of: str) -> None:
    here = writer("hitoyoshi")
    element = next(placed.element for placed, _ in placements(here.plan))
    text = here.get(f"elements/{element.key}/grid/", of=of, below="1").content.decode()
    sort = of if of != "nonsense" else "actual"
    for placement in element.placements:
        assert f'data-field="{placement.key}/{sort}:2024.1"' in text


def test_findings_stand_at_their_year(writer: Callable[..., Writer]) -> None:
    here = writer("hitoyoshi")
    sheet = Sheet(here)
    (entry,) = sheet.placement.printed
    sheet.type("rate:2024.1", "3%", data_of(entry)["rate"])
    told = here.get("grid-findings/", key=[sheet.key]).json()["findings"]
    assert any(each["field"] == "row:2024" and "3%" in json.dumps(each, ensure_ascii=False) for each in told)
    told = here.get("grid-findings/", key=[sheet.key], by="row").json()["findings"]
    assert [each["field"] for each in told] == ["row"]
    assert "row:2024" in here.get(f"placements/{sheet.key}/").content.decode()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("<script>alert(1)</script>", "saved"),
        ('"><img src=x onerror=alert(1)>', "saved"),
        ("=1+1", "saved"),
        ("5件\x07", "problem"),
        ("5" * 1_000_000, "problem"),
        ("髙﨑\U000e0100", "saved"),
    ],
)
@pytest.mark.parametrize("sort", ["actual", "source", "grade"])
def test_hostile_text_is_kept_harmless_or_refused(sheet: Sheet, sort: str, text: str, state: str) -> None:
    assert sheet.type(f"{sort}:{YEAR}.1", text)["state"] == state
    page = sheet.here.get(f"placements/{sheet.key}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
