"""The result of a review as content for PDF and Excel, a part for each division."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sosei.checks.finding import Family, Finding, Place, Severity
from sosei.checks.review import Review
from sosei.checks.say import where
from sosei.plan.model import Plan
from sosei.reports.content import ReviewPart, ReviewPoint, ReviewReport
from sosei.values import When, YearKind, era_text

UNDIVIDED = "計画全体・担当課の記載のない箇所"
"""The part for what no division answers for: it stays with the planning officer."""

_LEGEND = (
    "機械による点検です。誤り＝印字された値どうしが両立しないもの、要確認＝資料の確認か判断が要るもの、"
    "参考＝読み手が迷うおそれのあるもの。"
)
_FEW = 4  # a finding with no more places than this is shown whole to every division


def review_report(plan: Plan, review: Review) -> ReviewReport:
    """The report of ``review``: findings in the order of the review, under each division they concern."""
    year = review.year
    label = era_text(When(year=year, kind=YearKind.FISCAL), wide=True) if year is not None else ""
    total = Counter(finding.severity for finding in review.findings)
    shown = "、".join(f"{each.label.ja}{total[each]}件" for each in Severity)
    return ReviewReport(
        title="点検結果" + (f"（{label}分）" if label else ""),
        municipality=plan.municipality.name,
        subtitle=f"{plan.title or _report_title(plan)}　{shown}".strip(),
        severities=tuple(each.label.ja for each in Severity),
        counts=tuple(_counts(review)),
        parts=tuple(_parts(plan, review)),
        waived=tuple(f"{each.waiver.code}（{each.count}件）：{each.waiver.reason}" for each in review.waived),
        footer=" ".join([_LEGEND, *(source.statement for source in plan.sources if source.statement)]),
    )


def _report_title(plan: Plan) -> str:
    return plan.reports[0].title if plan.reports else ""


def _counts(review: Review) -> Iterator[tuple[str, tuple[int, ...]]]:
    found = Counter((finding.family, finding.severity) for finding in review.findings)
    for family in Family:
        row = tuple(found[family, severity] for severity in Severity)
        if any(row):
            yield family.label.ja, row
    yield "合計", tuple(sum(found[family, severity] for family in Family) for severity in Severity)


def _parts(plan: Plan, review: Review) -> Iterator[ReviewPart]:
    names = dict.fromkeys([UNDIVIDED, *(division.name for division in plan.divisions)])
    for name in names:
        points = tuple(_point(f, name) for f in review.findings if name in _divisions(f))
        if points:
            yield ReviewPart(division=name, points=points)


def _divisions(finding: Finding) -> list[str]:
    """The divisions a finding concerns, in the order of its places; nobody's where no place has one."""
    names = dict.fromkeys(name for place in finding.places for name in place.divisions)
    return list(names) or [UNDIVIDED]


def _point(finding: Finding, division: str) -> ReviewPoint:
    own = [place for place in finding.places if division in place.divisions]
    few = len(finding.places) <= _FEW or not own
    others = [name for name in _divisions(finding) if name != division]
    return ReviewPoint(
        code=finding.code,
        severity=finding.severity.label.ja,
        message=finding.message.ja,
        places=tuple(_line(place) for place in (finding.places if few else own)),
        elsewhere="、".join(others),
        why=finding.why.ja,
        mend=finding.mend.ja,
    )


def _line(place: Place) -> str:
    here = where(place, "ja")
    name = f"「{place.indicator}」"
    return here if place.text == place.indicator and here.endswith(name) else f"{here}: {place.text}"
