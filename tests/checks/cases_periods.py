"""Cases of PER06 to PER11: the years of baselines and targets.  The plan runs from R6 to R9."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, kpi, measure, numeric_target, one
from tests.checks.case import fires, quiet


def _for(*years: str) -> Plan:
    """A plan with a target for each of these years."""
    return one(*[kpi(f"指標{no}", "5件", f"1{no}件", years=("R5", year)) for no, year in enumerate(years)])


def _noted(data: Data, year: int) -> Data:
    """A note says that the baseline is of ``year``."""
    data["baseline"]["year"]["by_note"] = {"year": year}
    return data


def _output(name: str, *, noted: bool = False) -> Data:
    data = kpi(name, "65.5億円", "66億円", years=("R6", "R9"))
    return _noted(data, 2023) if noted else data


def _from(*years: str) -> Plan:
    """A plan with a baseline of each of these years."""
    return one(*[kpi(f"指標{no}", f"{no}件", "10件", years=(year, "R9")) for no, year in enumerate(years)])


def _product(target: str) -> Plan:
    return city(
        goal("基本目標1", targets=[numeric_target("総生産", "1,241億円", "1,300億円", years=("R4", target))])
    )


def _source(heading: str, period: str) -> Plan:
    return one(kpi("転入者数", "1,020人", "1,170人", years=(heading, "R9"), counting_period=period))


CASES = [
    fires("PER06", "before the plan", lambda: _for("R9", "R5"), "11件", "R5", "R6～R9", year=None),
    fires("PER06", "after the plan", lambda: _for("R9", "令和12年度"), "11件", "令和12年度"),
    quiet("PER06", "the first and the last year", lambda: _for("R6", "R9")),
    quiet("PER06", "March of the last year", lambda: _for("令和10年3月末")),
    fires("PER06", "April after the last year", lambda: _for("令和10年4月")),
    fires("PER07", "one year short", lambda: _for("R8", "R8", "R9"), "R9", "R8", year=None),
    quiet("PER07", "the last year", lambda: _for("R9", "令和9年度", "2027年度")),
    quiet("PER07", "outside is told by PER06", lambda: _for("R9", "R5", "R10")),
    fires(
        "PER08",
        "a sibling of the same statistic has no note",
        lambda: one(
            _output("農業産出額(推計額)", noted=True), _output("畜産業産出額(推計)"), _output("売上額(推計)")
        ),
        "農業産出額(推計額)",
        "R6",
        "R5",
        "畜産業産出額(推計)",
    ),
    fires(
        "PER08",
        "a sibling in the next measure",
        lambda: city(
            goal(
                "基本目標1",
                measures=[
                    measure("施策①", "農業", kpis=[_output("農業産出額(推計)", noted=True)]),
                    measure("施策②", "畜産", kpis=[_output("畜産業産出額(推計)")]),
                ],
            )
        ),
        "畜産業産出額(推計)",
    ),
    quiet("PER08", "no note", lambda: one(_output("農業産出額(推計額)"), _output("畜産業産出額(推計)"))),
    quiet("PER08", "the note says the same year", lambda: one(_noted(kpi("産出額", "1億円", "2億円"), 2023))),
    fires("PER09", "one of another year", lambda: _from("R5", "R5", "令和5年度", "R2"), "指標3", "R2", "R5"),
    quiet("PER09", "one year", lambda: _from("R5", "令和5年度", "2023年度", "令和6年3月末")),
    quiet("PER09", "no usual year", lambda: _from("R5", "R4", "R3", "R2")),
    quiet(
        "PER09",
        "another role has another year",
        lambda: city(
            goal(
                "基本目標1",
                targets=[numeric_target("人口", "1人", "2人", years=("R2", "R9"))],
                measures=[measure("施策①", "暮らし", kpis=[kpi("件数", "1件", "2件")])],
            )
        ),
    ),
    fires(
        "PER10",
        "of the first year",
        lambda: _product("(R 6) (R 8 計算)"),
        "1,300億円",
        "(R 6) (R 8 計算)",
        year=None,
    ),
    quiet("PER10", "of the last year but one", lambda: _product("(R 8) (R 9 計算)")),
    quiet("PER10", "no second year", lambda: _product("R6")),
    fires(
        "PER11",
        "年度 over calendar years",
        lambda: _source("令和6年度", "各年1月1日~12月31日"),
        "令和6年度",
        "各年1月1日~12月31日",
    ),
    fires("PER11", "年 over fiscal years", lambda: _source("令和6年", "各年４月１日～３月31日"), "令和6年"),
    quiet("PER11", "it does not say which", lambda: _source("R6", "各年1月1日~12月31日")),
    quiet("PER11", "年 over calendar years", lambda: _source("令和6年", "各年1月1日~12月31日")),
    quiet("PER11", "年度 over fiscal years", lambda: _source("令和6年度", "各年4月1日~3月31日")),
    quiet(
        "PER09",
        "a total that starts from 0 with the plan",
        lambda: one(
            kpi("甲の件数", "3件", "6件"),
            kpi("乙の件数", "4件", "8件"),
            kpi("就農者数（累計）", "0人", "25人", years=("R6", "R9")),
        ),
    ),
    quiet(
        "PER09",
        "a statistic that comes late",
        lambda: one(
            kpi("甲の件数", "3件", "6件"),
            kpi("乙の件数", "4件", "8件"),
            kpi("県民所得", "270万円", "290万円", years=("R3", "R9"), lag_years=2),
        ),
    ),
    quiet(
        "PER09",
        "the heading says that it was computed later",
        lambda: one(
            kpi("甲の件数", "3件", "6件"),
            kpi("乙の件数", "4件", "8件"),
            kpi("総生産", "270億円", "290億円", years=("(R 3) (R 5 計算)", "R9")),
        ),
    ),
]
