"""The two example cities, and invented places (サンプル) with hostile names, seen to 2070."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sosei.plan.examples import NAMES, example_paths
from sosei.plan.reading import read_plan
from sosei.reports.population.chapter import chapter
from sosei.reports.population.chapter_content import Chapter
from sosei.reports.population.goals import Goal
from sosei.reports.population.known import Known, known_example
from sosei.reports.population.outlook import Outlook, outlook

GOAL = Goal(population=22000, years=(2045, 2070), note="試算のためのサンプルの目標")


@cache
def known(city: str) -> Known:
    plan = read_plan(dict(zip(NAMES, example_paths(), strict=True))[city])
    return known_example(city, plan)


@cache
def seen(city: str, until: int = 2070) -> Outlook:
    return outlook(known(city), until)


@cache
def written(city: str) -> Chapter:
    return chapter(seen(city), GOAL if city == "hitoyoshi" else None)


def alone(city: str) -> Known:
    """A city of which nothing but the projection is known."""
    return replace(known(city), census=None, newer=None, printed=())
