"""A large plan, made up: as many measures and KPIs as the largest cities have (サンプル)."""

from __future__ import annotations

from random import Random

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, project, project_kpi

_UNITS = ("件", "人", "%", "千円", "か所")
_DIVISIONS = tuple(f"第{n}課" for n in range(1, 31))


def large_plan(measures: int = 300, kpis: int = 1000, seed: int = 7) -> Plan:
    """``kpis`` KPIs over ``measures`` measures in eight goals, values for three years."""
    random = Random(seed)
    counts = [kpis // measures + (n < kpis % measures) for n in range(measures)]
    made = [_measure(random, number, count) for number, count in enumerate(counts)]
    goals = []
    for number in range(8):
        targets = [_row(random, f"数値目標{number + 1}の{n}", "numeric_target") for n in (1, 2)]
        share = made[number * measures // 8 : (number + 1) * measures // 8]
        goals.append(
            goal(
                f"基本目標{number + 1}",
                f"サンプルの目標その{number + 1}　暮らしと仕事をつくる",
                targets=targets,
                measures=share,
            )
        )
    return city(*goals)


def _measure(random: Random, number: int, count: int) -> dict[str, object]:
    rows = [_row(random, f"指標{number}-{n}の件数・割合（サンプル）", "kpi") for n in range(count)]
    projects = [
        project(
            f"サンプルの事業{number}-{n}を行い、関係者と調整した。",
            "おおむね予定どおりに進んだ。周知が課題である。",
            name=f"事業{number}-{n}",
            kpis=[project_kpi("参加者数", f"{random.randint(0, 900)}人")],
            division=[random.choice(_DIVISIONS)],
        )
        for n in range(2)
    ]
    return measure(
        f"No.{number + 1}",
        f"サンプルの施策その{number + 1}",
        kpis=rows,
        projects=projects,
        division=[random.choice(_DIVISIONS)],
        description="住民と事業者の取組を支える（サンプル）。",
    )


def _row(random: Random, name: str, role: str) -> dict[str, object]:
    unit = random.choice(_UNITS)
    start, goal_value = random.randint(1, 500), random.randint(501, 1500)
    years = {f"R{year}": f"{random.randint(0, 1600)}{unit}" for year in (4, 5)}
    actual = random.choice(
        (f"{random.randint(0, 1600)}{unit}", f"{random.randint(0, 1600)}{unit}", "-", "集計中")
    )
    return kpi(
        name,
        f"{start}{unit}",
        f"{goal_value}{unit}",
        actual,
        role=role,
        earlier=years,
        source="市の調べ（サンプル）",
    )
