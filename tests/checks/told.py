"""Plans with a text and a cell, for the cases of TXT."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, measure, project


def told(evaluation: str, *kpis: Data, done: str = "事業を実施した。") -> Plan:
    """A project with these KPIs that reports this evaluation."""
    return city(
        goal(
            "基本目標1", measures=[measure("施策①", "振興", projects=[project(done, evaluation, kpis=kpis)])]
        )
    )
