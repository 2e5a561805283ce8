"""An adopted indicator keeps its meaning: unit, counting and source stay as they are once it has values.

A change of one of them makes a new indicator that continues the old.  Stating one for the first time
is no change.
"""

from __future__ import annotations

from sosei.plan.indicator import Counting, Indicator
from sosei.plan.model import Plan as Document
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.store import edition_document

MEANING = ("unit", "counting", "source")
"""The fields that say what an indicator's values are, in the order they are looked at."""

_LABELS = {"unit": "単位", "counting": "数え方", "source": "資料"}


class MeaningChange(Problem):
    """A change that only a new indicator can say."""


def keeps_meaning(draft: Draft, document: Document) -> None:
    """Raises MeaningChange where ``document`` changes what an indicator means that has values in the draft's base."""
    before = _observed(draft)
    for after in document.indicators:
        old = before.get(after.key)
        for name in MEANING if old is not None else ():
            if old is not None and differs(old, after, name):
                raise _refused(draft, old, after, name)


def meaning_kept(draft: Draft, after: Indicator, name: str) -> None:
    """Raises MeaningChange where the field ``name`` of ``after`` changes what it means and it has values already."""
    old = _observed(draft).get(after.key) if name in MEANING else None
    if old is not None and differs(old, after, name):
        raise _refused(draft, old, after, name)


def differs(old: Indicator, new: Indicator, name: str) -> bool:
    """Whether a stated meaning changed; stating it for the first time is no change."""
    was = str(getattr(old, name))
    return was not in ("", Counting.UNKNOWN) and was != str(getattr(new, name))


def _observed(draft: Draft) -> dict[str, Indicator]:
    """The indicators that have values in the edition on which the draft stands."""
    if draft.base is None:
        return {}
    return {each.key: each for each in edition_document(draft.base).indicators if each.observations}


def _refused(draft: Draft, old: Indicator, after: Indicator, name: str) -> MeaningChange:
    assert draft.base is not None  # noqa: S101  (an observed one stands in an edition)
    words = Wording(edition_document(draft.base))
    was, now = words.field(old, name), words.field(after, name)
    return MeaningChange(
        f"指標「{after.name}」には実績があるので、{_LABELS[name]}を「{was}」から「{now}」に変えられません。"
        "新しい指標として引き継いでください（前の実績は元の指標に残ります）",
        f'indicator "{after.name}" has values, so its meaning cannot change '
        f'("{was}" to "{now}"); make a new indicator that continues the old one, which keeps its values',
    )
