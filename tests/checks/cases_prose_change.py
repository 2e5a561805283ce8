"""Cases of TXT12 to TXT14: changes that a text tells of, and causes that it does not."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import chapter, city, goal, kpi, measure, one, project, project_kpi
from tests.checks.case import Case, fires, quiet


def _rate(evaluation: str, name: str = "清掃の参加率", actual: str = "21.68%", **more: object) -> Plan:
    """A project that has a rate of the year and reports this evaluation."""
    projects = [project("清掃を行った。", evaluation, kpis=[project_kpi(name, actual, **more)])]
    return city(goal("基本目標1", measures=[measure("施策①", "美化", projects=projects)]))


def _based(evaluation: str, year: str) -> Plan:
    """A measure's KPI with a baseline of ``year``, and its project's text."""
    row = kpi("清掃の参加率", "18%", "30%", "21.68%", of="a", years=(year, "R9"))
    projects = [project("清掃を行った。", evaluation, kpis=[project_kpi("清掃の参加率", of="a")])]
    return city(goal("基本目標1", measures=[measure("施策①", "美化", kpis=[row], projects=projects)]))


UNCHECKED = [
    fires("TXT12", "year by year", lambda: _rate("年々参加率が伸びている。"), "21.68%", "年々参加率"),
    fires("TXT12", "the year before", lambda: _rate("参加率は前年度より上昇した。"), "前年度より"),
    fires(
        "TXT12",
        "an old baseline is not the year before",
        lambda: _based("参加率は前年度より上昇した。", "R2"),
        "前年度より",
    ),
    fires(
        "TXT12",
        "this year's value is no earlier one",
        lambda: _rate("参加率は昨年度に比べ上昇し、21.68%となった。参加率は昨年度に比べ上昇した。"),
        "昨年度に比べ",
    ),
    quiet("TXT12", "an old baseline shows the years", lambda: _based("参加率は年々上昇している。", "R2")),
    quiet("TXT12", "the baseline is the year before", lambda: _based("参加率は前年度より上昇した。", "R5")),
    quiet(
        "TXT12",
        "a value of the year before",
        lambda: _rate("参加率は前年度より上昇した。", earlier={"R5": "20%"}),
    ),
    quiet("TXT12", "the value in the text", lambda: _rate("参加率は前年度の20%より上昇した。")),
    quiet("TXT12", "the change in the text", lambda: _rate("参加率は前年度より1.68ポイント上昇した。")),
    quiet("TXT12", "another thing", lambda: _rate("年々ごみの量が減少している。")),
    quiet("TXT12", "no comparison", lambda: _rate("参加率は上昇している。")),
    quiet("TXT12", "an aim", lambda: _rate("参加率を前年度より上昇させたい。")),
]

POINTS = [
    fires(
        "TXT13",
        "a rate fell by percent",
        lambda: _rate("加入率は昨年度に比べて約４％低下した。"),
        "加入率",
        "約４％",
    ),
    fires(
        "TXT13",
        "an aim of a chapter",
        lambda: city(chapters=[chapter("2", "目標", "本市の生産年齢人口比率を3%向上させる。")]),
        "生産年齢人口比率",
        "3%",
        year=None,
    ),
    fires(
        "TXT13",
        "the rate's rise",
        lambda: one(kpi("受診率", "20%", "30%"), description="受診率の5%向上を目指す。"),
        "5%",
        year=None,
    ),
    quiet("TXT13", "points", lambda: _rate("加入率は昨年度に比べ約４ポイント低下した。")),
    quiet("TXT13", "a level", lambda: _rate("加入率は目標80%へ向上した。加入率を80%に改善する。")),
    quiet("TXT13", "an amount", lambda: _rate("売上額は5%増加し、世帯数を10%増加させる。")),
    quiet("TXT13", "an amount beside a rate", lambda: _rate("加入率が上がり、来館者は5%増加した。")),
    quiet("TXT13", "elsewhere", lambda: _rate("加入率が高い地区では5%増加した。伸び率は5%の増加である。")),
    quiet("TXT13", "no share", lambda: _rate("作業の効率が30%向上した。")),
    quiet(
        "TXT13",
        "a rate that is no percentage",
        lambda: _rate("犯罪率は3%減少した。", "犯罪率", "4.1件"),
    ),
]


def _behind(
    evaluation: str, baseline: str = "15件", actual: str = "14件", target: str = "110件", times: int = 1
) -> Plan:
    row = kpi("登録件数", baseline, target, actual, of="a")
    own = [project("募集した。", evaluation, kpis=[project_kpi("登録件数", of="a")]) for _ in range(times)]
    return city(goal("基本目標1", measures=[measure("施策①", "登録", kpis=[row], projects=own)]))


CAUSES = [
    fires("TXT14", "worse than the baseline", lambda: _behind("市報で募集した。"), "14件", "登録件数"),
    fires("TXT14", "hardly begun", lambda: _behind("市報で募集した。", "", "5件"), "5件"),
    fires(
        "TXT14", "how many by what", lambda: _behind("窓口により2件、訪問により3件が登録した。", "", "5件")
    ),
    quiet("TXT14", "a cause", lambda: _behind("物価高騰の影響があった。")),
    quiet("TXT14", "an issue", lambda: _behind("市報で募集した。周知が課題である。")),
    quiet("TXT14", "in its first year", lambda: _behind("市報で募集した。", "15件", "40件")),
    quiet("TXT14", "on its way", lambda: _behind("市報で募集した。", "15件", "80件")),
    quiet("TXT14", "two projects share it", lambda: _behind("市報で募集した。", times=2)),
]

CASES: list[Case] = [*UNCHECKED, *POINTS, *CAUSES]
