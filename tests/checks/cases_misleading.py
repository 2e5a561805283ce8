"""Cases of MIS: rates that mislead."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, one, project, project_kpi
from tests.checks.case import fires, quiet


def _paying(name: str, actual: str) -> Plan:
    return one(projects=[project("支払った。", kpis=[project_kpi(name, actual)])])


def _in(
    baseline: str, target: str, actual: str, *, period: tuple[str, str] = ("R4", "R7"), rate: str = "70%"
) -> Plan:
    """A plan whose third year of four is R6."""
    return city(
        goal("基本目標1", targets=[kpi("加盟店舗数", baseline, target, actual, rate=rate)]), period=period
    )


CASES = [
    fires(
        "MIS01",
        "nothing moved",
        lambda: one(kpi("平均取得日数", "10.82 日", "11.30 日", "10.82 日", rate="96%")),
        "平均取得日数",
        "10.82 日",
        "96%",
    ),
    fires(
        "MIS01",
        "in another scale",
        lambda: one(kpi("額", "4,000万円", "0.5億円", "0.4億円", rate="80%")),
        "80%",
    ),
    quiet("MIS01", "a little moved", lambda: one(kpi("日数", "10.82日", "11.30日", "10.83日", rate="96%"))),
    quiet("MIS01", "a low rate", lambda: one(kpi("件数", "5件", "50件", "5件", rate="10%"))),
    quiet(
        "MIS01",
        "to be kept",
        lambda: one(kpi("校数", "5校", "5校", "5校", rate="100%", direction="at_least")),
    ),
    quiet("MIS01", "no actual", lambda: one(kpi("件数", "5件", "7件"))),
    fires(
        "MIS02",
        "fell, and 75%",
        lambda: one(kpi("出生率", "1.55", "1.97", "1.48", rate="75%")),
        "出生率",
        "1.55",
        "1.48",
        "75%",
    ),
    fires(
        "MIS02",
        "rose where less is better",
        lambda: one(kpi("転出者数", "1,030人", "1,000人", "1,050人", rate="105%", direction="lower")),
        "1,050人",
        "105%",
    ),
    quiet("MIS02", "rose", lambda: one(kpi("出生率", "1.55", "1.97", "1.56", rate="79%"))),
    quiet("MIS02", "a negative rate tells", lambda: one(kpi("増減", "-1人", "65人", "-147人", rate="-226%"))),
    quiet(
        "MIS02",
        "fell where less is better",
        lambda: one(kpi("ごみ", "935g", "931g", "933g", rate="99%", direction="lower")),
    ),
    quiet("MIS02", "another unit", lambda: one(kpi("件数", "15件", "30件", "14団体", rate="47%"))),
    quiet(
        "MIS02",
        "a target for four years is told by PER01",
        lambda: one(kpi("件数", "10件/年", "60件/4年", "9件/年", rate="15%")),
    ),
    fires(
        "MIS03",
        "twice the target at once",
        lambda: one(kpi("参加者数", "―", "210人", "465人", rate="221%")),
        "参加者数",
        "465人",
        "221%",
    ),
    fires(
        "MIS03",
        "no period, no earlier value",
        lambda: one(kpi("参加者数", "100人", "210人", "465人", rate="221%")).model_copy(
            update={"period": None}
        ),
        "R6",
    ),
    quiet("MIS03", "just reached", lambda: one(kpi("参加者数", "100人", "210人", "210人", rate="100%"))),
    quiet(
        "MIS03",
        "no period, with an earlier value",
        lambda: one(
            kpi("参加者数", "100人", "210人", "465人", rate="221%", earlier={"R5": "99人"})
        ).model_copy(update={"period": None}),
    ),
    quiet("MIS03", "the third year", lambda: _in("100店舗", "150店舗", "160店舗", rate="107%")),
    quiet(
        "MIS03",
        "the target is for this year",
        lambda: one(kpi("数", "1人", "2人", "3人", rate="150%", years=("R5", "R6"))),
    ),
    quiet(
        "MIS03",
        "above where less is better",
        lambda: one(kpi("転出者数", "1,030人", "1,000人", "1,010人", rate="101%", direction="lower")),
    ),
    fires(
        "MIS04",
        "88% for 8% of the way",
        lambda: one(kpi("宿泊人数", "409人／年", "470人／年", "414人／年", rate="88%")),
        "414人／年",
        "88%",
        "8%",
    ),
    quiet("MIS04", "half of the way", lambda: one(kpi("宿泊人数", "409人", "470人", "440人", rate="94%"))),
    quiet("MIS04", "a low rate", lambda: one(kpi("宿泊人数", "40人", "470人", "60人", rate="13%"))),
    quiet(
        "MIS04",
        "none of the way is told by MIS01",
        lambda: one(kpi("人数", "409人", "470人", "409人", rate="87%")),
    ),
    fires(
        "MIS05",
        "a rate of a rate",
        lambda: one(kpi("共生ビジョンKPI達成率", "55%", "70%", "47%", rate="67.14%")),
        "共生ビジョンKPI達成率",
    ),
    quiet("MIS05", "a rate of compliance", lambda: one(kpi("環境基準達成率", "55%", "70%", "47%"))),
    quiet("MIS05", "another rate", lambda: one(kpi("水洗化率", "55%", "70%", "47%"))),
    fires(
        "MIS06",
        "a contribution",
        lambda: _paying("ジェトロへの負担金", "540,000円"),
        "ジェトロへの負担金",
        "540,000円",
    ),
    fires("MIS06", "a grant's sum", lambda: _paying("創業支援補助金額", "2,000千円"), "創業支援補助金額"),
    quiet("MIS06", "how many grants", lambda: _paying("創業支援補助金の件数", "5件")),
    quiet("MIS06", "grants by number", lambda: _paying("創業支援補助金", "5件")),
    quiet("MIS06", "won from the state", lambda: _paying("採択された補助金額", "500万円")),
    fires(
        "MIS07",
        "a quarter of the way in the third year",
        lambda: _in("100店舗", "200店舗", "125店舗", rate="63%"),
        "加盟店舗数",
        "125店舗",
        "25%",
        "75%",
    ),
    quiet(
        "MIS07", "half of the way in the third year", lambda: _in("100店舗", "200店舗", "150店舗", rate="75%")
    ),
    quiet(
        "MIS07",
        "the first year",
        lambda: _in("100店舗", "200店舗", "110店舗", rate="55%", period=("R6", "R9")),
    ),
    quiet("MIS07", "told by MIS04", lambda: _in("100店舗", "110店舗", "101店舗", rate="92%")),
]
