"""A plan in the terminal: the tree with its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from sosei.plan import walk
from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.model import Element, LevelKind, Plan
from sosei.values import Quantity, YearLabel

SHOWN = 40  # characters of a text that stands in for a name

_WORDS = {
    "ja": {
        "baseline": "基準",
        "target": "目標",
        "rate": "達成率",
        "doubt": "読み取り要確認",
        "none": "（なし）",
        "untitled": "（計画名の印字なし）",
        "indicators": "指標",
        "observations": "実績",
        "rates": "印字の達成率",
        "divisions": "担当課",
        "notes": "注",
    },
    "en": {
        "baseline": "baseline",
        "target": "target",
        "rate": "rate",
        "doubt": "reading in doubt",
        "none": "(none)",
        "untitled": "(no plan title printed)",
        "indicators": "indicators",
        "observations": "observations",
        "rates": "printed rates",
        "divisions": "divisions",
        "notes": "notes",
    },
}


def plan_tree(plan: Plan, language: str) -> Tree:
    """The whole plan as a tree: elements, and under each its indicators with their figures."""
    words = _WORDS[language]
    title = Text(f"{plan.municipality.name} {plan.title or words['untitled']}", style="bold")
    for report in plan.reports:
        title.append(f"\n{report.label}{report.title}")
    if plan.period:
        title.append(f"\n{plan.period.text}")
    for source in plan.sources:
        title.append(f"\n{source.statement}", style="dim")
    tree = Tree(title)
    indicators = walk.by_key(plan)
    for element in plan.elements:
        _branch(tree, element, indicators, words)
    return tree


def counts_table(plans: Iterable[Plan], language: str) -> Table:
    """How much each plan holds, one column a plan."""
    words = _WORDS[language]
    plans = list(plans)
    kinds = [kind for kind in LevelKind if any(level.kind is kind for plan in plans for level in plan.levels)]
    names = {level.kind: level.name for plan in plans for level in plan.levels}
    table = Table("")
    for plan in plans:
        table.add_column(plan.municipality.name, justify="right")
    heads = [*(names[kind] for kind in kinds), *(role.label for role in Role)]
    heads += [words[word] for word in ("indicators", "observations", "rates", "divisions", "notes")]
    for head, *counts in zip(heads, *(_counts(plan, kinds) for plan in plans), strict=True):
        table.add_row(head, *(str(count) for count in counts))
    return table


def _counts(plan: Plan, kinds: list[LevelKind]) -> list[int]:
    kind_of = {level.code: level.kind for level in plan.levels}
    elements = Counter(kind_of[placed.element.level] for placed in walk.elements(plan))
    placements = [placement for _, placement in walk.placements(plan)]
    roles = Counter(placement.role for placement in placements)
    return [
        *(elements[kind] for kind in kinds),
        *(roles[role] for role in Role),
        len(plan.indicators),
        sum(len(indicator.observations) for indicator in plan.indicators),
        sum(1 for placement in placements for entry in placement.printed if entry.rate),
        len(plan.divisions),
        len(plan.notes),
    ]


def _branch(above: Tree, element: Element, indicators: dict[str, Indicator], words: dict[str, str]) -> None:
    head = Text(" ".join(part for part in (element.label, element.name or _beginning(element)) if part))
    head.stylize("bold" if element.children else "")
    branch = above.add(head)
    for placement in element.placements:
        branch.add(_line(placement, indicators[placement.indicator], words))
    for child in element.children:
        _branch(branch, child, indicators, words)


def _beginning(element: Element) -> str:
    """What stands for the name of an element that has none: the beginning of what was done."""
    for activity in element.activities:
        if activity.done:
            text = activity.done.text.replace("\n", " ")
            return text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return ""


def _line(placement: Placement, indicator: Indicator, words: dict[str, str]) -> Text:
    line = Text(f"{placement.role.label} {placement.name}{placement.name_suffix}", style="cyan")
    figures = []
    for field, value in (("baseline", placement.baseline), ("target", placement.target)):
        if value:
            figures.append(f"{words[field]} {_figure(value.quantity, value.year, words)}")
    own = {entry.year.text: entry for entry in placement.printed}
    for observation in indicator.observations:
        entry = own.get(observation.year.text)
        quantity = entry.actual if entry and entry.actual else observation.quantity
        figures.append(f"{observation.year.text} {_figure(quantity, None, words)}")
    for entry in placement.printed:
        if entry.rate:
            figures.append(f"{words['rate']} {entry.rate}")
    if figures:
        line.append("  " + " | ".join(figures), style="default")
    if any(not doubt.confirmed for node in (placement, *indicator.observations) for doubt in node.doubts):
        line.append(f"  [{words['doubt']}]", style="yellow")
    return line


def _figure(quantity: Quantity, year: YearLabel | None, words: dict[str, str]) -> str:
    text = str(quantity) or words["none"]
    return f"{text} ({year.text})" if year and year.text else text
