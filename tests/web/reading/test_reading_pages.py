"""The pages' contents, without Django: overview, element, indicator."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.checks.review import review
from sosei.plan.indicator import EarlierValue
from sosei.plan.model import Plan
from sosei.values import parse_quantity
from sosei.web.reading.element import element_page
from sosei.web.reading.indicator import indicator_page
from sosei.web.reading.indicator_records import IndicatorPage
from sosei.web.reading.overview import Overview, overview
from sosei.web.reading.reader import Reader
from tests.checks.build import city, goal, kpi, measure, numeric_target, one, project, project_kpi

THREE = """
name = "三段階"
[class]
bands = [{ label = "順調", from = 100 }, { label = "概ね順調", from = 60 }, { label = "遅れ" }]
"""


@pytest.fixture(scope="session")
def hitoyoshi(plans: dict[str, Plan]) -> Reader:
    return Reader(plans["hitoyoshi"])


@pytest.fixture(scope="session")
def aso(plans: dict[str, Plan]) -> Reader:
    return Reader(plans["aso"])


def parts(page: Overview) -> list[tuple[str, int]]:
    """The parts of all KPIs."""
    return [(part.label.ja, part.count) for part in page.totals.parts]


def test_the_overview_of_a_real_report(hitoyoshi: Reader) -> None:
    page = overview(hitoyoshi)
    assert page.year == 2024
    assert page.elapsed_words.ja == "令和6年度は4年の計画期間の1年目です"
    assert page.period.ja == "令和6年度～令和9年度（報告の年度欄による）"
    assert [(c.name.ja, c.count) for c in page.counts] == [
        ("基本目標", 4),
        ("施策", 17),
        ("具体的な事業", 76),
        ("数値目標", 4),
        ("KPI", 27),
        ("事業KPI", 81),
    ]
    assert [(g.tally.reached, g.tally.measured, g.tally.total) for g in page.goals] == [
        (5, 14, 14),
        (1, 6, 6),
        (0, 4, 4),
        (0, 3, 3),
    ]
    assert parts(page) == [("達成", 6), ("未達成", 12), ("未達成・課題あり", 9)]
    assert (page.totals.share, page.totals.share_words.ja) == ("22.2%", "割合: 27件のうち6件で22.2%。")
    assert (page.targets.reached, page.targets.total) == (1, 4)
    assert len(page.difficult) == 11
    rates = [each.row.rate for each in page.difficult]
    assert rates == sorted(rates, key=lambda rate: rate or 0)
    assert [each.row.name for each in page.on_course] == [
        "事業承継支援実績累計数",
        "企業版ふるさと納税を活用した寄附件数",
        "地区防災計画の策定率",
    ]
    donations = next(each for each in page.difficult if each.row.name == "古都人吉応援団年間寄付金額")
    assert [(r.name.ja, r.text) for r in donations.readings] == [("基準からの進み", "-8%")]
    assert [(t.name, t.rate_text, t.no_rate.ja) for t in page.goals[3].targets] == [
        ("人吉市に住み続けたいと思う人の割合", "-", "実績値がありません（この年度は測定なし）")
    ]
    assert [(b.measures, b.projects, b.kpis) for b in page.tree] == [
        (7, 32, 14),
        (4, 16, 6),
        (3, 15, 4),
        (3, 13, 3),
    ]


def test_the_overview_of_a_plan_without_values(aso: Reader) -> None:
    page = overview(aso)
    assert (page.year, page.elapsed, page.difficult, page.on_course) == (None, None, (), ())
    assert page.period.en == "FY2026 to FY2029"
    assert parts(page) == [("判定できないもの", 60)]
    assert [(m.words.ja, m.count) for m in page.totals.missing] == [("実績はまだありません", 60)]
    assert page.totals.share == ""
    assert [(t.name, t.baseline, t.target, t.actual) for t in page.goals[0].targets] == [
        ("阿蘇市の市町村内総生産", "1,241億5,500万円", "1,300億円", "")
    ]


def rows(*kpis: Any, **more: Any) -> Plan:
    return city(goal("基本目標1", measures=[measure("施策①", "創業", kpis=kpis)]), **more)


MIXED = (
    kpi("到達", "5件", "10件", "10件"),
    kpi("途中", "5件", "10件", "7件"),
    kpi("後退", "5件", "10件", "4件"),
    kpi("未集計", "5件", "10件", "集計中"),
    kpi("調査なし", "5件", "10件", "-"),
    kpi("目標なし", actual="3件"),
)


def test_parts_add_up_and_each_gap_has_its_reason() -> None:
    page = overview(Reader(rows(*MIXED)))
    tally = page.totals
    assert parts(page) == [
        ("達成", 1),
        ("未達成", 1),
        ("未達成・課題あり", 1),
        ("判定できないもの", 3),
    ]
    assert sum(part.count for part in tally.parts) == tally.total == 6
    assert (tally.reached, tally.measured, tally.difficult) == (1, 3, 1)
    assert {(m.code, m.words.ja, m.count) for m in tally.missing} == {
        ("counting", "実績値がありません（集計中）", 1),
        ("not_measured", "実績値がありません（この年度は測定なし）", 1),
        ("no_target", "目標値がありません", 1),
    }


def test_a_plan_with_classes_counts_by_class() -> None:
    page = overview(Reader(rows(*MIXED, schemes=[THREE])))
    assert parts(page) == [("順調", 1), ("概ね順調", 1), ("遅れ", 1), ("区分なし", 3)]
    assert [part.tone for part in page.totals.parts] == ["good", "warn", "bad", "none"]


@pytest.mark.parametrize(
    ("repeated", "totals"), [("each", [2, 1, 1]), ("once", [1, 1, 1]), ("left_out", [1, 1, 0])]
)
def test_an_indicator_listed_twice_counts_as_the_scheme_says(repeated: str, totals: list[int]) -> None:
    goals = [
        goal(
            f"基本目標{n}",
            measures=[measure("施策①", "創業", kpis=[kpi("件数", "5件", "10件", "7件", of="same")])],
        )
        for n in (1, 2)
    ]
    page = overview(Reader(city(*goals, schemes=[f'name = "a"\n[rollup]\nrepeated = "{repeated}"'])))
    assert [page.totals.total, *(g.tally.total for g in page.goals)] == totals


def test_a_plan_with_kpis_of_projects_only_counts_those() -> None:
    projects = [project("塾を開いた。", kpis=[kpi("件数", "5件", "10件", "12件", role="project_kpi")])]
    page = overview(Reader(city(goal("基本目標1", measures=[measure("施策①", "創業", projects=projects)]))))
    assert (page.totals.total, page.totals.reached) == (1, 1)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (("R6", "R9"), "令和6年度は4年の計画期間の1年目です"),
        (("R3", "R6"), "令和6年度は4年の計画期間の4年目です"),
        (("R1", "R5"), "令和6年度は5年の計画期間が終わった後の年度です"),
        (("R7", "R9"), ""),
    ],
)
def test_how_far_the_plan_is(period: tuple[str, str], words: str) -> None:
    plan = city(goal("基本目標1", targets=[numeric_target("所得", "1円", "2円", "1円")]), period=period)
    assert overview(Reader(plan)).elapsed_words.ja == words


def test_an_earlier_year_shows_its_own_figures() -> None:
    plan = one(kpi("創業件数", "5件", "10件", "12件", earlier={"R5": "4件"}))
    page = overview(Reader(plan), 2023)
    assert (page.totals.reached, page.year, page.years) == (0, 2023, (2023, 2024))


def test_an_empty_plan_has_an_overview() -> None:
    page = overview(Reader(city()))
    assert (page.totals.total, page.goals, page.tree, page.counts) == (0, (), (), ())


def test_every_doubt_says_in_words_what_it_is_about(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        reader = Reader(plan)
        pages = [element_page(reader, placed.element.key) for placed in reader.elements]
        fields = {doubt.field.ja for page in pages for doubt in page.doubts}
        assert [field for field in fields if field.isascii() and field != "KPI"] == []


def test_the_page_of_a_measure(hitoyoshi: Reader) -> None:
    key = next(p.element.key for p in hitoyoshi.elements if p.place == "基本目標１/施策⑤")
    page = element_page(hitoyoshi, key)
    assert (page.level.ja, page.label, page.name) == ("施策", "施策⑤", page.name)
    assert [c.label for c in page.crumbs] == ["基本目標１"]
    assert [(t.role, len(t.lines)) for t in page.tables] == [("kpi", 2)]
    (first, second) = page.tables[0].lines
    assert [(c.year, c.text, c.rate_text) for c in second.cells] == [(2024, "1件／年", "25%")]
    assert first.row.reached is False
    assert (page.before and page.before.label, page.after and page.after.label) == ("施策④", "施策⑥")
    assert page.projects
    for part in page.projects:
        assert part.is_named is False
        assert [[text.field for text in a.texts] for a in part.activities] == [["done", "evaluation"]]
        assert all(text.summary for a in part.activities for text in a.texts)


def test_neighbours_run_through_the_whole_plan(hitoyoshi: Reader) -> None:
    last = next(p.element.key for p in hitoyoshi.elements if p.place == "基本目標１/施策⑦")
    after = element_page(hitoyoshi, last).after
    assert after is not None
    assert hitoyoshi.placed[after.key].place == "基本目標2/施策①"
    first = element_page(hitoyoshi, hitoyoshi.plan.elements[0].key)
    assert first.before is None


def test_the_page_of_a_goal_lists_levels_apart(aso: Reader) -> None:
    page = element_page(aso, aso.plan.elements[1].key)
    assert [(each.level.ja, len(each.children)) for each in page.children] == [
        ("基本的方向", 7),
        ("施策", 10),
    ]
    assert [t.headings for t in page.tables] == [("基準値(R6)", "目標値(R10)")]
    assert page.tables[0].source == "資料:住民基本台帳に基づく人口、人口動態及び世帯数(各年1月1日~12月31日)"
    assert page.tables[0].years == ()
    assert page.is_summary


def test_notes_stand_on_the_page_of_what_they_explain(aso: Reader) -> None:
    found = {
        note.term: placed.element.label
        for placed in aso.elements
        for note in element_page(aso, placed.element.key).notes
        if note.term
    }
    assert found["市町村内総生産"] == "基本目標1"


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_every_element_and_indicator_has_its_page(plans: dict[str, Plan], name: str) -> None:
    reader = Reader(plans[name])
    findings = review(plans[name], reader.latest).findings
    for placed in reader.elements:
        page = element_page(reader, placed.element.key)
        assert [c.key for c in page.crumbs] == [e.key for e in placed.path[:-1]]
        assert sum(len(t.lines) for t in page.tables) == len(placed.element.placements)
    for key in reader.indicators:
        indicator = indicator_page(reader, key, findings)
        assert len(indicator.uses) == len(reader.placements_of[key])
        assert len(indicator.history) == len(reader.indicators[key].observations)


def test_no_page_for_a_key_that_is_not_there(aso: Reader) -> None:
    with pytest.raises(KeyError):
        element_page(aso, "nobodyhere")
    with pytest.raises(KeyError):
        indicator_page(aso, "nobodyhere")


def indicator(reader: Reader, name: str) -> IndicatorPage:
    key = next(each.key for each in reader.plan.indicators if each.name == name)
    return indicator_page(reader, key, review(reader.plan, reader.latest).findings)


def test_the_page_of_an_indicator_used_in_several_places(hitoyoshi: Reader) -> None:
    page = indicator(hitoyoshi, "きじうまコイン利用者数")
    assert [(use.role, use.row.place) for use in page.uses] == [
        ("kpi", "基本目標１/施策①"),
        ("project_kpi", "基本目標１/施策①"),
        ("project_kpi", "基本目標１/施策⑤"),
    ]
    assert page.main is page.uses[0]
    (year,) = page.history
    assert (year.text, year.number, year.status.ja) == ("15,473人", "15,473", "確定")
    assert [(o.place, o.text, o.difference.ja) for o in year.others] == [
        ("基本目標１/施策⑤", "15,579人", "食い違い")
    ]
    assert "TWN01" in [finding.code for finding in page.findings]
    assert page.divisions == ("商工観光課",)


def test_a_rate_stands_with_its_sum_and_all_readings(hitoyoshi: Reader) -> None:
    page = indicator(hitoyoshi, "企業版ふるさと納税を活用した寄附件数")
    assert page.main is not None
    (year,) = page.main.years
    assert (year.rate_text, year.verdict) == ("47%", "未達成")
    assert "17 ÷ 36 × 100 = 47.22…%" in year.explanation.ja
    assert [(r.kind, r.text) for r in year.readings] == [
        ("ratio", "47%"),
        ("progress", "-138%"),
        ("pace", "-"),
        ("period_adjusted", "189%"),
    ]
    assert [r.sentence.ja for r in year.readings if not r.has_value] == [
        "計画期間が決まっていないか、期間の外の年度です"
    ]
    wide = [finding.code for finding in page.findings if finding.is_wide]
    assert "PER01" not in wide
    assert "ABS10" in wide


def test_links_between_indicators_run_both_ways(aso: Reader) -> None:
    balance = indicator(aso, "阿蘇市人口の社会動態(転入者数-転出者数)")
    (terms,) = balance.related
    assert [(link.name, link.factor) for link in terms.links] == [
        ("阿蘇市への転入者数", 1),
        ("阿蘇市からの転出者数", -1),
    ]
    assert [r.how.ja for r in indicator(aso, "阿蘇市への転入者数").related] == ["この指標を計算に使う指標"]
    part = indicator(aso, "年間宿泊者数のうち外国人宿泊者数")
    assert [(r.how.ja, r.links[0].name) for r in part.related] == [("うち書きの元", "年間宿泊者数")]
    assert [r.how.ja for r in indicator(aso, "年間宿泊者数").related] == ["うち書き"]


def test_an_unstated_direction_says_what_is_taken() -> None:
    plan = one(kpi("待機児童数", "12人", "0人", "3人", direction="undecided"))
    reader = Reader(plan)
    page = indicator_page(reader, plan.indicators[0].key)
    assert page.direction.ja == "定めなし"
    assert page.direction_note.ja == "計画に定めがないため、基準値と目標値から「減らす」として計算しています"


def test_a_restated_value_keeps_the_earlier_one() -> None:
    plan = one(kpi("来場者数", "1,000人", "1,200人", "1,020人"))
    (only,) = plan.indicators
    (value,) = only.observations
    earlier = EarlierValue(quantity=parse_quantity("1,019人"), reason="確報による改定")
    restated = only.model_copy(update={"observations": (value.model_copy(update={"earlier": (earlier,)}),)})
    page = indicator_page(Reader(plan.model_copy(update={"indicators": (restated,)})), only.key)
    assert [(e.text, e.published.ja, e.reason) for e in page.history[0].earlier] == [
        ("1,019人", "", "確報による改定")
    ]


def test_readings_that_hang_together_are_doubts_of_each_of_their_cells(hitoyoshi: Reader) -> None:
    page = indicator(hitoyoshi, "公民連携事業")
    assert page.main is not None
    joint = [doubt for doubt in page.main.doubts if doubt.note.startswith("15頁の四つの値")]
    assert [(doubt.field.ja, doubt.alternatives) for doubt in joint] == [("基準値", ("0件", "5件"))]


def test_opinions_stand_where_they_belong() -> None:
    data = goal("基本目標1", measures=[measure("施策①", "創業", key="kmeasure01")])
    opinion = {
        "key": "kopinion01",
        "about": "kmeasure01",
        "by": "委員",
        "text": {"text": "目標が低い。"},
        "answer": {"text": "見直す。"},
    }
    reader = Reader(city(data, opinions=[opinion]))
    (line,) = element_page(reader, "kmeasure01").opinions
    assert (line.by, line.text, line.answer) == ("委員", "目標が低い。", "見直す。")
    assert element_page(reader, reader.plan.elements[0].key).opinions == ()


def test_project_kpis_without_target_have_no_rate_and_say_why() -> None:
    plan = one(
        kpi("件数", "5件", "10件", "7件", of="a"),
        projects=[project("塾。", kpis=[project_kpi("件数", of="a")])],
    )
    page = indicator_page(Reader(plan), plan.indicators[0].key)
    assert [(u.row.rate_text, u.row.no_rate.ja) for u in page.uses] == [
        ("70%", ""),
        ("", "目標値がありません"),
    ]


def test_errata_stand_on_the_page_of_what_was_wrong() -> None:
    erratum = {
        "key": "kerratum01",
        "about": "kmeasure01",
        "field": "name",
        "printed": "創行",
        "right": "創業",
        "note": "誤植",
    }
    reader = Reader(
        city(goal("基本目標1", measures=[measure("施策①", "創業", key="kmeasure01")]), errata=[erratum])
    )
    (line,) = element_page(reader, "kmeasure01").errata
    assert (line.field.ja, line.printed, line.right, line.note) == ("名称", "創行", "創業", "誤植")


def test_a_cleaned_name_stands_beside_the_text_of_the_source(aso: Reader) -> None:
    page = indicator(aso, "研修会への参加や指導研修")
    lines = [line for use in page.uses for line in use.as_read] + list(page.as_read)
    assert {(line.field.ja, line.text) for line in lines} == {("名称", "研修会への参加や指導研 | 开修")}


def test_the_outermost_level_is_called_as_the_municipality_calls_it() -> None:
    levels = [
        {"code": "goal", "name": "政策の柱", "kind": "policy"},
        {"code": "measure", "name": "施策", "kind": "measure"},
    ]
    page = overview(Reader(city(goal("柱1", measures=[measure("施策①", "創業")]), levels=levels)))
    assert (page.top.ja, page.top.en, page.kpi.ja) == ("政策の柱", "Policy", "KPI")


def test_the_baseline_stands_where_its_year_is() -> None:
    rows = [kpi("件数", "5件", "10件", "7件", years=("R5", "R9"), earlier={"R4": "4件", "R5": "5件"})]
    reader = Reader(city(goal("基本目標1", measures=[measure("施策①", "創業", kpis=rows)])))
    page = indicator_page(reader, reader.plan.indicators[0].key)
    assert page.main is not None
    chart = page.main.trend.chart("ja")
    assert [point.label for point in chart.points] == ["R4", "基準値 R5", "R5", "R6"]
    assert [value.year for value in page.main.row.spark.values] == [2022, None, 2023, 2024]


def test_a_small_bar_shows_the_year_that_is_shown() -> None:
    rows = [kpi("件数", "5件", "10件", "集計中", earlier={"R5": "9件"})]
    reader = Reader(city(goal("基本目標1", measures=[measure("施策①", "創業", kpis=rows)])))
    key = reader.plan.elements[0].children[0].key
    shown = {
        year: element_page(reader, key, year).tables[0].lines[0].trend.comparison("ja").actual.text
        for year in (2023, 2024)
    }
    assert shown == {2023: "9件", 2024: "集計中"}
