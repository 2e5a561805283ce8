from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sosei.plan.indicator import Indicator, Placement, PrintedYear
from sosei.plan.keys import new_key
from sosei.plan.walk import elements, index, placements
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db

TYPED = {
    "role": "kpi",
    "name": "移住相談件数（サンプル）",
    "unit": "件",
    "direction": "raise",
    "counting": "fiscal_year",
    "divisions": "移住定住課（サンプル）",
    "source": "担当課調べ",
    "baseline.quantity": "１２０件",
    "baseline.year": "R6",
    "target.quantity": "200件以上",
    "target.year": "令和11年度",
}


@pytest.fixture
def here(writer: Callable[..., Writer]) -> Writer:
    return writer("aso")


def _element(here: Writer, n: int = 0) -> Any:
    return list(elements(here.plan))[n].element


def _sent(**more: str) -> dict[str, str]:
    return {**TYPED, "new_indicator": new_key(), "new_placement": new_key(), **more}


def _add(here: Writer, sent: dict[str, str], n: int = 0) -> Any:
    return here.client.post(f"{here.base}elements/{_element(here, n).key}/indicators/new/", sent)


def _found(here: Writer, name: str) -> list[Indicator]:
    return [each for each in here.plan.indicators if each.name == name]


def test_the_form_offers_what_is_usual_at_its_place(here: Writer) -> None:
    for placed in list(elements(here.plan))[:5]:
        text = here.get(f"elements/{placed.element.key}/indicators/new/").content.decode()
        role = "numeric_target" if placed.element.level == "goal" else "kpi"
        assert f'<option value="{role}" selected>' in text
        assert 'name="target.year" value="令和11年度"' in text


def test_an_indicator_and_its_place_are_one_act_however_often_the_form_is_sent(here: Writer) -> None:
    sent = _sent()
    answers = [_add(here, sent) for _ in range(2)]
    assert {each.url for each in answers} == {f"{here.base}placements/{sent['new_placement']}/"}
    (indicator,) = _found(here, TYPED["name"])
    assert (indicator.unit, indicator.direction, indicator.source) == ("件", "raise", "担当課調べ")
    placement = index(here.plan)[sent["new_placement"]]
    assert isinstance(placement, Placement)
    assert placement.baseline is not None
    assert placement.target is not None
    assert (placement.baseline.quantity.text, str(placement.target.year)) == ("１２０件", "令和11年度")
    assert here.draft.operations.values("act").distinct().count() == 1
    assert here.plan.divisions[-1].name == "移住定住課（サンプル）"


def test_the_same_form_with_other_texts_makes_another(here: Writer) -> None:
    sent = _sent()
    _add(here, sent)
    _add(here, sent | {"name": "もう一つ（サンプル）"})
    assert len(_found(here, TYPED["name"])) == 1
    assert len(_found(here, "もう一つ（サンプル）")) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "名称"),
        ({"role": ""}, "役割"),
        ({"baseline.quantity": "1" * 2000}, "長すぎます"),
        ({"name": "a\x07b"}, ""),
        ({"counting": "nonsense"}, "選べません"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(here: Writer, more: dict[str, str], said: str) -> None:
    page = _add(here, _sent(**more))
    assert page.status_code == 400
    assert said in page.content.decode()
    assert 'value="200件以上"' in page.content.decode()
    assert here.operations == 0


def test_a_target_of_which_only_the_year_stands_there_is_none(here: Writer) -> None:
    sent = _sent(**{"target.quantity": "", "baseline.quantity": ""})
    _add(here, sent)
    placement = index(here.plan)[sent["new_placement"]]
    assert isinstance(placement, Placement)
    assert (placement.target, placement.baseline) == (None, None)


def test_a_name_that_exists_is_pointed_out_before_a_second_is_made(here: Writer) -> None:
    name = here.plan.indicators[0].name
    wide = f"　{name} "
    sent = _sent(name=wide)
    page = _add(here, sent)
    assert page.status_code == 409
    assert "同じ名称の指標があります" in page.content.decode()
    assert here.operations == 0
    assert _add(here, sent | {"separate": wide}).status_code == 302
    assert len(_found(here, name)) == 2
    used = _add(here, _sent(name=wide, take=here.plan.indicators[0].key))
    assert used.status_code == 302
    assert len(_found(here, name)) == 2


def test_an_indicator_of_the_plan_stands_at_another_place(here: Writer) -> None:
    indicator = here.plan.indicators[3]
    sent = {"take": indicator.key, "role": "kpi", "new_placement": new_key()}
    for _ in range(2):
        assert _add(here, sent, 1).status_code == 302
    assert [each.key for each in _element(here, 1).placements].count(sent["new_placement"]) == 1
    page = here.get(f"placements/{sent['new_placement']}/").content.decode()
    others = [each for _, each in placements(here.plan) if each.indicator == indicator.key]
    assert len(others) == 2
    assert f"placements/{others[0].key}/" in page


@pytest.mark.parametrize(
    ("asked", "found"), [("総生産", True), ("ソウセイサン", False), ("阿蘇市　総生産", True)]
)
def test_what_exists_is_searched(here: Writer, asked: str, found: bool) -> None:
    text = here.get(f"elements/{_element(here).key}/indicators/new/", q=asked).content.decode()
    assert ("阿蘇市の市町村内総生産" in text.partition('id="found"')[2].partition("</section>")[0]) is found


def _another_plan(here: Writer, actor: Any) -> Indicator:
    """Another plan of the city, adopted, with one of its indicators observed."""
    from sosei.plan.writing import data_of, dump_plan
    from sosei.web.plans.acts import Adoption, adopt, load_file

    data = data_of(here.plan)
    text = json.dumps(data, ensure_ascii=False)
    for key in index(here.plan):
        text = text.replace(key, new_key())
    from sosei.plan.reading import load_data

    plan = load_data({"format": "sosei-plan", "version": 1, **json.loads(text)})
    first = plan.indicators[0]
    observation = {
        "key": new_key(),
        "year": {"text": "R6", "when": {"year": 2024}},
        "quantity": {"text": "7件", "number": "7", "unit": "件"},
    }
    seen = type(first).model_validate_json(
        json.dumps(
            {**data_of(first), "name": "別計画の指標（サンプル）", "observations": [observation]},
            ensure_ascii=False,
        )
    )
    plan = plan.model_copy(
        update={"indicators": (seen, *plan.indicators[1:]), "title": "別の計画（サンプル）"}
    )
    draft = load_file(actor, dump_plan(plan))
    adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=draft.length))
    return seen


def test_an_indicator_of_another_plan_comes_with_its_definition_and_values(here: Writer) -> None:
    other = _another_plan(here, here.actor)
    text = here.get(f"elements/{_element(here).key}/indicators/new/", q="別計画").content.decode()
    assert "計画「別の計画（サンプル）」の指標" in text
    sent = {"take": other.key, "role": "kpi", "new_placement": new_key()}
    for _ in range(2):
        assert _add(here, sent).status_code == 302
    (taken,) = _found(here, other.name)
    assert (taken.key, taken.unit, [str(each.quantity) for each in taken.observations]) == (
        other.key,
        other.unit,
        ["7件"],
    )
    assert "別の計画（サンプル）" in here.get(f"placements/{sent['new_placement']}/").content.decode()


def _adopted(here: Writer) -> Indicator:
    """The first indicator with a value, adopted, and a revision begun."""
    from sosei.web.plans.acts import Adoption, adopt, begin_revision

    key = next(each.key for _, each in placements(here.plan))
    name = f"{key}/actual:2026.1"
    here.post(f"placements/{key}/", **{f"was.{name}": "null", name: "5億円"})
    here.draft.refresh_from_db()
    edition = adopt(
        here.actor, here.draft, Adoption(title="策定", on=date(2026, 4, 1), length=here.draft.length)
    )
    here.draft = begin_revision(here.actor, edition.plan)
    return next(each for each in here.plan.indicators if each.observations)


def _save(here: Writer, key: str, field: str, text: str) -> Any:
    sent = {"key": key, f"was.{field}": json.dumps(here.value(key, field)), field: text}
    return here.client.post(f"{here.base}save/", sent, headers={"accept": "application/json"}).json()[
        "fields"
    ][field]


@pytest.mark.parametrize(
    ("field", "text"), [("unit", "件"), ("unit", ""), ("counting", "stock"), ("source", "別の統計")]
)
def test_a_change_of_meaning_is_refused_and_continued_as_a_new_indicator(
    here: Writer, field: str, text: str
) -> None:
    old = _adopted(here)
    answer = _save(here, old.key, field, text)
    assert answer["state"] == "problem"
    assert "実績があるので" in answer["message"]
    where = [each.key for _, each in placements(here.plan) if each.indicator == old.key]
    for _ in range(2):
        assert here.client.post(answer["way"]["address"], {field: text}).status_code == 302
    made = here.plan.indicators[here.plan.indicators.index(old) + 1]
    assert (made.continues, made.observations, made.name) == (old.key, (), old.name)
    assert [each.key for _, each in placements(here.plan) if each.indicator == made.key] == where
    assert [each.continues for each in here.plan.indicators].count(old.key) == 1
    page = here.get(f"placements/{where[0]}/").content.decode()
    assert "前の指標の実績" in page
    assert "5億円" in page
    assert here.draft.operations.values("act").distinct().count() == 1


def test_a_meaning_is_stated_for_the_first_time_and_others_change_freely(here: Writer) -> None:
    old = _adopted(here)
    assert _save(here, old.key, "definition", "定義（サンプル）")["state"] == "saved"
    free = next(each for each in here.plan.indicators if not each.observations and each.unit)
    assert _save(here, free.key, "unit", "件（サンプル）")["state"] == "saved"


def test_what_a_place_printed_instead_of_the_old_values_is_not_lost(writer: Callable[..., Writer]) -> None:
    from sosei.web.plans.acts import Adoption, adopt, begin_revision

    here = writer("hitoyoshi")
    edition = adopt(
        here.actor, here.draft, Adoption(title="策定", on=date(2026, 4, 1), length=here.draft.length)
    )
    here.draft = begin_revision(here.actor, edition.plan)
    units = {each.key: each.unit for each in here.plan.indicators}
    placement, entry = next(
        (each, entry)
        for _, each in placements(here.plan)
        for entry in each.printed
        if entry.actual is not None and units[each.indicator]
    )
    answer = _save(here, placement.indicator, "unit", "別の単位（サンプル）")
    assert here.client.post(answer["way"]["address"], {"unit": "別の単位（サンプル）"}).status_code == 302
    after = index(here.plan)[entry.key]
    assert isinstance(after, PrintedYear)
    assert (after.actual, after.rate) == (None, entry.rate)
    assert f"前の指標の掲載値: {entry.actual}" in after.remark


def test_nothing_changed_is_nothing_to_continue(here: Writer) -> None:
    old = _adopted(here)
    page = here.post(f"indicators/{old.key}/continue/", unit=old.unit)
    assert page.status_code == 400
    assert here.operations == 0


def test_a_placement_moves_to_another_element(here: Writer) -> None:
    placement = _element(here).placements[0]
    to = [placed.element for placed in elements(here.plan) if placed.element.level == "measure"][-1]
    assert to.key in here.get(f"placements/{placement.key}/move/").content.decode()
    assert here.post(f"placements/{placement.key}/move/", element=to.key).status_code == 302
    moved = next(placed.element for placed in elements(here.plan) if placed.element.key == to.key).placements[
        -1
    ]
    assert (moved.key, moved.table) == (placement.key, None)


@pytest.mark.parametrize(("choice", "stays"), [("keep", True), ("remove", False)])
def test_a_placement_goes_with_or_without_its_indicator(here: Writer, choice: str, stays: bool) -> None:
    placement = _element(here).placements[0]
    assert here.get(f"placements/{placement.key}/remove/").status_code == 200
    assert here.post(f"placements/{placement.key}/remove/", indicator=choice).status_code == 302
    known = index(here.plan)
    assert placement.key not in known
    assert (placement.indicator in known) is stays
    if stays:
        assert placement.indicator in here.get("indicators/", missing="place").content.decode()


def test_an_indicator_of_several_places_stays(writer: Callable[..., Writer]) -> None:
    here = writer("hitoyoshi")
    keys = [each.indicator for _, each in placements(here.plan)]
    placement = next(each for _, each in placements(here.plan) if keys.count(each.indicator) > 1)
    here.post(f"placements/{placement.key}/remove/", indicator="remove")
    assert placement.indicator in index(here.plan)


@pytest.mark.parametrize("missing", ["", "place", "source", "values", "unit"])
def test_the_list_picks_out_what_is_missing(writer: Callable[..., Writer], missing: str) -> None:
    here = writer("hitoyoshi")
    text = here.get("indicators/", missing=missing).content.decode()
    fits = {
        "": lambda _: True,
        "place": lambda each: each.key not in {p.indicator for _, p in placements(here.plan)},
        "source": lambda each: not each.source,
        "values": lambda each: not each.observations,
        "unit": lambda each: not each.unit,
    }[missing]
    count = sum(map(fits, here.plan.indicators))
    assert f"{count}件" in text or (count == 0 and "当てはまる指標はありません" in text)


def test_what_is_typed_is_heard(here: Writer) -> None:
    told = here.get("heard/", **{"baseline.quantity": "△１０件", "target.year": "R11"}).json()["heard"]
    assert told["baseline.quantity"] == "数 -10、単位 件"
    assert "2029" in told["target.year"]
