"""Cases of TWN: the same indicator at several places."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, project, project_kpi
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


CASES = [
    fires("TWN01", "another value at the project", lambda: _users("15,579人"), "15,473人", "15,579人"),
    quiet("TWN01", "the same value with its period", lambda: _users("15,473人／年", "suffix")),
    quiet("TWN01", "the same value everywhere", lambda: _users("")),
]
