"""The pages on which a plan of 300 measures is written, each beside a page that reads no plan.

Prints ``{"pages": [[what, seconds, those of the empty page, answers' bytes] ...]}``, medians.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sosei.web.start import start

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
from measure import calls_in_turn

RUNS = 9


def main() -> None:
    """Fill the installation, ask each page in turn with the empty one, print the medians."""
    os.umask(0o077)
    start()
    from tests.web.soak.editing import desk_of_a_large_plan

    desk = desk_of_a_large_plan()
    found = []
    for what, ask in _pages(desk):
        sizes: list[int] = []
        ours, empty = calls_in_turn([partial(_counted, ask, sizes), desk.empty_page], runs=RUNS)
        found.append([what, ours, empty, max(sizes)])
    ours, empty = calls_in_turn([desk.write, desk.empty_page], runs=RUNS)
    found.append(["one field saved", ours, empty, 0])
    print(json.dumps({"pages": found}))  # noqa: T201


def _counted(ask: Callable[[], Any], sizes: list[int]) -> None:
    answer = ask()
    if answer.status_code != 200:
        raise RuntimeError(f"answered {answer.status_code}")
    sizes.append(len(b"".join(answer)) if answer.streaming else len(answer.content))


def _pages(desk: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What an officer opens while writing; a draft with some changes that have no reason yet."""
    from sosei.plan.operations import Set
    from sosei.plan.walk import placements
    from sosei.web.plans.acts import operate
    from sosei.web.plans.store import draft_document

    document = draft_document(desk.draft)
    goal = document.elements[3]
    measure = goal.children[20]
    placement = measure.placements[0]
    renamed = [each for _, each in placements(document)][200:260]
    made = [Set(key=each.key, field="name", old=each.name, new=f"{each.name}（改）") for each in renamed]
    operate(desk.actor, desk.draft, made)
    plans = f"/{desk.actor.municipality.code}/plans/{desk.draft.plan.key}"
    write = f"{plans}/revision/write"
    get = desk.client.get
    hx = {"HX-Request": "true"}
    yield "outline", partial(get, f"{write}/")
    yield "outline with a branch open", partial(get, f"{write}/?open={goal.key}")
    yield "a branch alone", partial(get, f"{write}/tree/branch/{goal.key}/", headers=hx)
    yield "found in the outline", partial(get, f"{write}/?q=その15")
    yield "a measure", partial(get, f"{write}/elements/{measure.key}/")
    yield "a goal of 37 measures", partial(get, f"{write}/elements/{goal.key}/")
    yield "a KPI", partial(get, f"{write}/placements/{placement.key}/")
    yield "the years of a measure", partial(get, f"{write}/elements/{measure.key}/grid/")
    yield "a new KPI", partial(get, f"{write}/elements/{measure.key}/indicators/new/")
    yield "a KPI found for it", partial(get, f"{write}/elements/{measure.key}/indicators/new/?q=指標15")
    yield "indicators", partial(get, f"{write}/indicators/")
    yield "divisions", partial(get, f"{write}/parts/divisions/")
    yield "findings beside fields", partial(get, f"{write}/findings/?key={placement.key}&key={measure.key}")
    yield "names offered", partial(get, f"{write}/names/indicators/")
    yield "changes and reasons", partial(get, f"{plans}/revision/reasons/")
    yield "the draft", partial(get, f"{plans}/revision/")
    yield "search", partial(get, f"/{desk.actor.municipality.code}/search/?q=サンプルの施策その15")
    yield "workbook's page", partial(get, f"{plans}/revision/workbook/")
    yield "paste's page", partial(get, f"{plans}/revision/paste/")


if __name__ == "__main__":
    main()
