"""The same text, word for word, at two places of the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import both, listed
from sosei.values.folding import compact

_LONG_ENOUGH = 40
_COMPARED = 6  # places of one text whose values are compared with each other
_SHOWN = 24
_ALIKE = 3  # characters in a row that make two names one kind of thing
_NAME = 60


@rule(
    "TWN09",
    Severity.WARNING,
    title=Words(
        "同じ評価文の事業で、同じ種類の値が違う", "One evaluation stands beside two different values"
    ),
    why=Words(
        "同じ事業の重複掲載であれば、どちらかの値が誤っています。",
        "If it is one project printed twice, one of the two values is wrong.",
    ),
    mend=Words(
        "同じ事業かどうかを担当課に確かめ、値か文章を直してください。",
        "Ask the division whether it is one project, and mend the value or the text.",
    ),
    case=Words(
        "一字一句同じ評価文の二つの事業で、奨学金件数が5件、給付型奨学金採用者数が4名。",
        "Word for word the same evaluation at two projects: 5 scholarships here, 4 there.",
    ),
)
def one_text_two_values(dossier: Dossier) -> Iterator[Found]:
    """Pairs of elements with the same long text whose indicators are of one kind and differ."""
    for passages in _copies(dossier):
        pair = _differing(dossier, passages)
        if pair is None:
            continue
        one, other = pair
        excerpt = _excerpt(passages[0].text)
        texts = {p.element.key: p for p in passages if p.element is not None}
        yield Found(
            Words(
                f"「{excerpt}」で始まる同じ文が、「{one.name}」{one.actual}の事業（{one.placed.place}）と"
                f"「{other.name}」{other.actual}の事業（{other.placed.place}）にあります。",
                f'One text ("{excerpt}...") stands at "{one.name}" {one.actual} ({one.placed.place}) and at '
                f'"{other.name}" {other.actual} ({other.placed.place}).',
            ),
            (
                one.place("actual"),
                other.place("actual"),
                *(
                    texts[row.element.key].place(_excerpt(texts[row.element.key].text))
                    for row in (one, other)
                ),
            ),
        )


@rule(
    "TWN10",
    Severity.INFO,
    title=Words("同じ文章が別の場所にもある", "The same text stands at two places"),
    why=Words(
        "写し間違いか重複掲載か読み手にわからず、その場所での取組や評価が伝わりません。",
        "A reader cannot tell a slip from a repetition, and learns nothing about this place.",
    ),
    mend=Words(
        "再掲であればそう書き、そうでなければその場所に合った文章にしてください。",
        'Mark it as printed again ("再掲"), or write what is true of this place.',
    ),
    case=Words(
        "二つの事業の評価文が一字一句同じ。",
        "Two projects have word for word the same evaluation.",
    ),
)
def copied(dossier: Dossier) -> Iterator[Found]:
    """Long texts that stand at two or more elements, unless their values already contradict each other."""
    groups = [passages for passages in _copies(dossier) if _differing(dossier, passages) is None]
    if groups:
        yield Found(
            both(
                "一字一句同じ文章が複数の場所にあります：{}。",
                "Word for word the same text stands at several places: {}.",
                [
                    f"「{_excerpt(passages[0].text)}…」（{listed([p.path for p in passages], 'ja')}）"
                    for passages in groups
                ],
                [
                    f'"{_excerpt(passages[0].text)}..." ({listed([p.path for p in passages], "en")})'
                    for passages in groups
                ],
            ),
            tuple(passage.place(_excerpt(passage.text)) for passages in groups for passage in passages),
        )


def _copies(dossier: Dossier) -> list[list[Passage]]:
    """The long texts that stand at more than one element, each with its passages."""
    groups: dict[str, dict[str, Passage]] = defaultdict(dict)
    for passage in dossier.passages:
        if passage.element is None or passage.year not in (None, dossier.year):
            continue
        text = compact(passage.text)
        if len(text) >= _LONG_ENOUGH and "再掲" not in text:
            groups[text].setdefault(passage.element.key, passage)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def _differing(dossier: Dossier, passages: Sequence[Passage]) -> tuple[Row, Row] | None:
    """Two rows of different indicators and one kind whose numbers differ; None where there are none."""
    for one, other in combinations(passages[:_COMPARED], 2):
        for first in _rows(dossier, one):
            for second in _rows(dossier, other):
                if _contradict(first, second):
                    return first, second
    return None


def _rows(dossier: Dossier, passage: Passage) -> Sequence[Row]:
    key = passage.element.key if passage.element is not None else ""
    return dossier.rows_of_element.get(key, ())[:_COMPARED]


def _contradict(first: Row, second: Row) -> bool:
    one, other = first.actual, second.actual
    if first.indicator.key == second.indicator.key or one is None or other is None:
        return False
    if one.base is None or other.base is None or one.base[0] == other.base[0]:
        return False
    return bool(_pieces(first.name) & _pieces(second.name))


def _pieces(name: str) -> set[str]:
    """Every three characters in a row of a name."""
    bare = compact(name[:_NAME])
    return {bare[start : start + _ALIKE] for start in range(len(bare) - _ALIKE + 1)}


def _excerpt(text: str) -> str:
    return text.strip().split("\n")[0][:_SHOWN]
