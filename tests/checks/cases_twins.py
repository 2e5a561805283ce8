"""Cases of TWN: the same indicator at several places."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, numeric_target, project, project_kpi
from tests.checks.case import fires, quiet


def _users(own: str, difference: str = "conflict") -> Plan:
    return city(
        goal(
            "基本目標1",
            measures=[
                measure(
                    "施策①",
                    "地域通貨",
                    kpis=[kpi("地域通貨利用者数", "12,763人", "13,300人", "15,473人", of="a")],
                    projects=[
                        project(kpis=[project_kpi("利用者数", of="a", own=own, difference=difference)])
                    ],
                )
            ],
        )
    )


def _aims(
    first: tuple[str, str] = ("", ""), second: tuple[str, str] = ("", ""), year: str = "R5", own: str = ""
) -> Plan:
    """One indicator as 数値目標, with baseline and target of its own, and as KPI."""
    return city(
        goal(
            "基本目標1",
            targets=[numeric_target("利用者数", *first, "15,473人", own=own, difference="suffix", of="a")],
            measures=[measure("施策①", "通貨", kpis=[kpi("利用者数", *second, of="a", years=(year, "R9"))])],
        )
    )


CASES = [
    fires("TWN01", "another value at the project", lambda: _users("15,579人"), "15,473人", "15,579人"),
    quiet("TWN01", "the same value with its period", lambda: _users("15,473人／年", "suffix")),
    quiet("TWN01", "the same value everywhere", lambda: _users("")),
    quiet("TWN01", "the odd suffix stands first", lambda: _aims(own="15,473人／年")),
    fires("TWN02", "with its period", lambda: _users("15,473人／年", "suffix"), "15,473人／年"),
    fires("TWN02", "less exactly", lambda: _users("1.5万人", "precision"), "15,473人", "1.5万人"),
    quiet("TWN02", "another value", lambda: _users("15,579人")),
    quiet("TWN02", "another width", lambda: _users("１５，４７３人", "suffix")),
    fires("TWN03", "two targets", lambda: _aims(("100人", "150人"), ("100人", "120人")), "150人", "120人"),
    fires("TWN03", "two baselines", lambda: _aims(("100人", "150人"), ("90人", "150人")), "100人", "90人"),
    quiet("TWN03", "less exactly", lambda: _aims(("3.5億円", "4億円"), ("354,831千円", "400,000千円"))),
    quiet("TWN03", "baselines of two years", lambda: _aims(("100人", "150人"), ("90人", "150人"), "R6")),
    quiet("TWN03", "other lengths of time", lambda: _aims(("9人/年", "40人/4年"), ("9人/年", "10人/年"))),
]
