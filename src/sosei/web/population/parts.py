"""The parts of 現状と推計 in their order: what is said, the pictures, the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.population.impact import Impact
from sosei.reports.population import prose
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import Table
from sosei.values import Problem, Words
from sosei.web.population.gallery import EDITIONS, NAMES, Shown
from sosei.web.population.pictures import Picture, picture
from sosei.web.population.summary import impact_of


@dataclass(frozen=True, slots=True)
class Part:
    """``key`` is its anchor; ``table`` stands alone, without a picture."""

    key: str
    title: Words
    said: tuple[Words, ...]
    pictures: tuple[Picture, ...] = ()
    table: Table | None = None
    is_ours: bool = False


def parts(shown: Shown) -> Iterator[Part]:
    """From the whole population to its parts; a part without anything to show is left out."""
    outlook = shown.outlook
    editions = shown.table(EDITIONS)
    history, published = prose.history(outlook), prose.published(outlook)
    said = (history,) if editions else (history, published)
    yield Part("total", NAMES["total"], tuple(each for each in said if each.ja), _pictures(shown, "total"))
    if editions is not None:
        yield Part(EDITIONS, NAMES[EDITIONS], (published,), table=editions)
    if outlook.is_extended:
        yield _extension(outlook)
    both = _pictures(shown, "groups", "group-lines")
    yield Part("groups", NAMES["groups"], (prose.group_history(outlook),), both)
    yield Part("pyramid", NAMES["pyramid"], (prose.pyramid(outlook),), _pictures(shown, "pyramid"))
    flows = _pictures(shown, "components")
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
        _pictures(shown, "contribution"),
        is_ours=True,
    )


def _said(found: Impact | Problem) -> Words:
    return prose.impact(found) if isinstance(found, Impact) else Words(found.ja, found.en)


def _pictures(shown: Shown, *names: str) -> tuple[Picture, ...]:
    return tuple(picture(name, shown.figure(name), shown.language) for name in names)
