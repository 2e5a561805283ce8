"""The parts of 現状と推計 in their order: what is said, the pictures, the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.population.impact import Impact
from sosei.reports.population import prose
from sosei.reports.population.outlook import Outlook
from sosei.values import Problem, Words
from sosei.web.population.exhibits import Exhibit
from sosei.web.population.gallery import EDITIONS, NAMES, Shown
from sosei.web.population.summary import impact_of


@dataclass(frozen=True, slots=True)
class Part:
    """``key`` is its anchor."""

    key: str
    title: Words
    said: tuple[Words, ...]
    exhibits: tuple[Exhibit, ...] = ()
    is_ours: bool = False


def parts(shown: Shown) -> Iterator[Part]:
    """From the whole population to its parts; a part without anything to show is left out."""
    outlook = shown.outlook
    editions = shown.exhibits(EDITIONS)
    history, published = prose.history(outlook), prose.published(outlook)
    said = (history,) if editions else (history, published)
    yield Part("total", NAMES["total"], tuple(each for each in said if each.ja), shown.exhibits("total"))
    if editions:
        yield Part(EDITIONS, NAMES[EDITIONS], (published,), editions)
    if outlook.is_extended:
        yield _extension(outlook)
    both = shown.exhibits("groups", "group-lines")
    yield Part("groups", NAMES["groups"], (prose.group_history(outlook),), both)
    yield Part("pyramid", NAMES["pyramid"], (prose.pyramid(outlook),), shown.exhibits("pyramid"))
    flows = shown.exhibits("components")
    yield Part("components", NAMES["components"], (prose.flows(outlook),), flows, is_ours=True)
    yield _impact(shown)


def _extension(outlook: Outlook) -> Part:
    said, until = tuple(prose.extension(outlook)), outlook.until
    title = Words(f"{until}年までの延長", f"Extension up to {until}")
    if len(said) > 1:
        title = Words(f"{title.ja}と計画の値", f"{title.en}, and the plan")
    return Part("extension", title, said, is_ours=True)


def _impact(shown: Shown) -> Part:
    found = impact_of(shown.outlook)
    said = [] if found is None else [_said(found)]
    title = Words("影響度と人口減少段階", "Impact and stages of decline")
    return Part(
        "contribution",
        title,
        (*said, prose.stages(shown.outlook)),
        shown.exhibits("contribution"),
        is_ours=True,
    )


def _said(found: Impact | Problem) -> Words:
    return prose.impact(found) if isinstance(found, Impact) else Words(found.ja, found.en)
