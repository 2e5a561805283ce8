"""What holds of every plan, whatever stands in its cells."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.plan.model import Plan
from sosei.web.reading.element import element_page
from sosei.web.reading.indicator import indicator_page
from sosei.web.reading.overview import overview
from sosei.web.reading.pictures import over_time, share_bar, small_bar, small_line
from sosei.web.reading.reader import Reader
from sosei.web.reading.rows import flat_rows
from tests.checks.build import city, goal, kpi, measure, numeric_target

SCHEMES = (
    "",
    'name = "進み"\n[quantity]\nkind = "progress"',
    'name = "言葉"\n[quantity]\nkind = "reached"\n[class]\non = "reached"',
    'name = "区分"\n[class]\nbands = [{ label = "A", from = 100 }, { label = "B", from = 60 }, { label = "C" }]',
    'name = "一度"\n[rollup]\nrepeated = "once"',
)
numbers = st.builds(
    lambda sign, whole, digits, unit, per: f"{sign}{whole}{digits}{unit}{per}",
    st.sampled_from(["", "", "△"]),
    st.integers(0, 99_999),
    st.sampled_from(["", ".5", ".25"]),
    st.sampled_from(["件", "人", "%", "千円", "億円", ""]),
    st.sampled_from(["", "", "／年", "／4か年", "/3か年"]),
)
cells = numbers | st.sampled_from(
    [
        "",
        "-",
        "―",
        "集計中",
        "終了",
        "設置",
        "維持",
        "3位",
        "男 80, 女 84",
        "19(65)",
        "80～100人",
        "10件以上",
        "5%未満",
    ]
)
rows = st.builds(
    lambda name, baseline, target, actual, before, direction, rate: kpi(
        name,
        baseline,
        target,
        actual,
        rate,
        of=name,
        direction=direction,
        earlier={"R5": before} if before else {},
    ),
    st.sampled_from(["創業件数", "来場者数", "出生数"]),
    cells,
    cells,
    cells,
    cells,
    st.sampled_from(["raise", "lower", "at_least", "at_most", "within", "undecided"]),
    st.sampled_from(["", "", "70%", "-"]),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    goals: list[Any] = []
    for number in range(draw(st.integers(1, 3))):
        targets = [numeric_target("所得", draw(cells), draw(cells), draw(cells))]
        measures = [measure(f"施策{n}", "創業", kpis=draw(st.lists(rows, max_size=3))) for n in range(2)]
        goals.append(goal(f"基本目標{number + 1}", targets=targets, measures=measures))
    scheme = draw(st.sampled_from(SCHEMES))
    fields: dict[str, Any] = {"schemes": [scheme]} if scheme else {}
    return city(*goals, **fields)


@settings(max_examples=60, deadline=None)
@given(plans())
def test_every_plan_has_all_its_pages(plan: Plan) -> None:
    reader = Reader(plan)
    page = overview(reader)
    for tally in (page.totals, page.targets, *(each.tally for each in page.goals)):
        assert sum(part.count for part in tally.parts) == tally.total
        assert all(part.count > 0 for part in tally.parts)
        assert tally.reached + tally.difficult <= tally.measured <= tally.total
        if tally.total:
            widths = re.findall(r' width="([\d.]+)"', share_bar(tally, "ja"))
            assert len(widths) == len(tally.parts)
            assert abs(sum(map(float, widths)) - 100) < 0.1
    hard = {each.row.key for each in page.difficult}
    assert hard.isdisjoint(each.row.key for each in page.on_course)
    flat = flat_rows(plan)
    assert {row.key for row in flat.placements if row.difficult} == hard
    assert all(row.reached is False for row in flat.placements if row.difficult)
    assert all(row.no_rate.ja for row in flat.placements if row.rate is None and not row.rate_text)
    for row in flat.placements:
        assert small_line(row, "en").startswith("<svg")
    for placed in reader.elements:
        for table in element_page(reader, placed.element.key).tables:
            assert all([cell.year for cell in line.cells] == list(table.years) for line in table.lines)
    for key in reader.indicators:
        for use in indicator_page(reader, key).uses:
            assert small_bar(use.trend, use.row.key, "ja").startswith("<svg")
            assert over_time(use.trend, "c", "en") == "" or use.trend.has_numbers
