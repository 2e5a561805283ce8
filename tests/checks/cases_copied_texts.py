"""Cases of TWN: the same text at two places."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, measure, project, project_kpi
from tests.checks.case import fires, quiet

_TEXT = (
    "能力と向上心を持ちながら、経済的な理由で修学が困難となっている生徒について、学びを支えることができた。"
)
_SHORT = "計画どおりに事業を実施した。"


def _plan(first: Data, second: Data, texts: tuple[str, str] = (_TEXT, _TEXT)) -> Plan:
    one, other = (
        project("事業を行った。", text, kpis=[each])
        for text, each in zip(texts, (first, second), strict=True)
    )
    return city(
        goal("基本目標1", measures=[measure("施策①", "人材", projects=[one])]),
        goal("基本目標2", measures=[measure("施策③", "教育", projects=[other])]),
    )


_FIVE = project_kpi("奨学金件数", "5件")
_FOUR = project_kpi("給付型奨学金採用者数", "4名")

CASES = [
    fires("TWN09", "5 and 4 scholarships", lambda: _plan(_FIVE, _FOUR), "5件", "4名", _TEXT[:20]),
    quiet("TWN09", "the same number", lambda: _plan(_FIVE, project_kpi("給付型奨学金採用者数", "5名"))),
    quiet("TWN09", "another kind of thing", lambda: _plan(_FIVE, project_kpi("相談会の開催回数", "4回"))),
    quiet("TWN09", "another text", lambda: _plan(_FIVE, _FOUR, (_TEXT, f"今年も、{_TEXT}"))),
    quiet(
        "TWN09",
        "one indicator",
        lambda: _plan(project_kpi("奨学金件数", "5件", of="a"), project_kpi("奨学金件数", of="a")),
    ),
    fires(
        "TWN10",
        "one indicator at two places",
        lambda: _plan(project_kpi("奨学金件数", "5件", of="a"), project_kpi("奨学金件数", of="a")),
        _TEXT[:20],
        "基本目標1/施策①",
        "基本目標2/施策③",
    ),
    quiet("TWN10", "said by TWN09", lambda: _plan(_FIVE, _FOUR)),
    quiet("TWN10", "a short text", lambda: _plan(_FIVE, _FOUR, (_SHORT, _SHORT))),
    quiet(
        "TWN10",
        "marked as printed again",
        lambda: _plan(_FIVE, _FIVE, (f"{_TEXT}（再掲）", f"{_TEXT}（再掲）")),
    ),
]
