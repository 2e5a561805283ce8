"""The page of one indicator: where it is used, its history, how its rates come about, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sosei.checks.finding import Finding, Words
from sosei.plan import walk
from sosei.plan.indicator import Difference, Direction, Indicator, Observation, Placement, Role, Value
from sosei.plan.walk import Placed
from sosei.scheme.direction import direction_of
from sosei.scheme.printing import number_text
from sosei.scheme.quantity import pair_of
from sosei.scheme.result import Result
from sosei.values import Quantity, YearKind, YearLabel
from sosei.web.reading.difficult import Difficulty, difficulty
from sosei.web.reading.element import crumb
from sosei.web.reading.figures import trend_of
from sosei.web.reading.indicator_records import (
    EarlierLine,
    HistoryRow,
    IndicatorPage,
    Link,
    OtherValue,
    Related,
    Use,
    UseYear,
    ValueLine,
)
from sosei.web.reading.reader import Reader
from sosei.web.reading.readings import all_readings
from sosei.web.reading.remarks import (
    as_read_lines,
    doubts_of,
    errata_lines,
    finding_lines,
    note_lines,
    opinion_lines,
)
from sosei.web.reading.rows import placement_row, rate_text, why_no_rate
from sosei.web.reading.tally import Tone
from sosei.web.reading.words import (
    COUNTINGS,
    DIFFERENCES,
    DIRECTIONS,
    EMPTY,
    STATUSES,
    absence_words,
    label_words,
    month_words,
    year_words,
)


def indicator_page(reader: Reader, key: str, findings: Iterable[Finding] = ()) -> IndicatorPage:
    """The page of the indicator ``key`` with those of ``findings`` that touch it; raises KeyError where the
    plan has none.
    """
    return _IndicatorPage(reader, reader.indicators[key]).page(findings)


class _IndicatorPage:
    def __init__(self, reader: Reader, indicator: Indicator) -> None:
        self.reader = reader
        self.indicator = indicator
        self.placements = reader.placements_of.get(indicator.key, ())

    def page(self, findings: Iterable[Finding]) -> IndicatorPage:
        indicator, reader = self.indicator, self.reader
        uses = tuple(self._use(placed, placement) for placed, placement in self.placements)
        keys = reader.keys_of(indicator.key)
        main = main_use(uses)
        before, after = self._neighbours(main)
        return IndicatorPage(
            key=indicator.key,
            name=indicator.name,
            unit=indicator.unit,
            direction=DIRECTIONS[indicator.direction],
            direction_note=self._direction_note(),
            counting=COUNTINGS[indicator.counting],
            counting_note=_READ_OUT if "counting" in indicator.interpreted else EMPTY,
            counting_period=indicator.counting_period,
            source=indicator.source,
            published=month_words(indicator.published_month, indicator.lag_years),
            definition=indicator.definition,
            formula=indicator.formula.text if indicator.formula else "",
            related=tuple(self._related()),
            divisions=self._divisions(),
            main=main,
            uses=uses,
            history=tuple(self._history(uses, main)),
            notes=tuple(note_lines({n.key: n for k in keys for n in reader.notes_at.get(k, ())}.values())),
            opinions=tuple(opinion_lines(o for o in reader.plan.opinions if o.about in keys)),
            errata=tuple(errata_lines(e for e in reader.plan.errata if e.about in keys)),
            as_read=as_read_lines(indicator),
            findings=tuple(finding_lines(findings, keys)),
            doubts=doubts_of(reader, indicator),
            remark=indicator.remark,
            scheme=reader.scheme(reader.latest).name,
            before=before,
            after=after,
        )

    def _neighbours(self, main: Use | None) -> tuple[Link | None, Link | None]:
        if main is None:
            return None, None
        row = [p.indicator for _, p in self.reader.placements if p.role is main.role]
        order = list(dict.fromkeys(row))
        at = order.index(self.indicator.key)
        before, after = order[at - 1 : at] if at else [], order[at + 1 : at + 2]
        links = [[Link(key, self.reader.indicators[key].name) for key in side] for side in (before, after)]
        return next(iter(links[0]), None), next(iter(links[1]), None)

    def _divisions(self) -> tuple[str, ...]:
        found = (
            name for placed, _ in self.placements for name in self.reader.in_charge(placed, self.indicator)
        )
        own = [self.reader.divisions[key] for key in self.indicator.divisions]
        return tuple(dict.fromkeys(own or found))

    def _direction_note(self) -> Words:
        if self.indicator.direction is not Direction.UNDECIDED:
            return _READ_OUT if "direction" in self.indicator.interpreted else EMPTY
        result = next(self._results(), None)
        if result is None:
            return EMPTY
        taken = DIRECTIONS[direction_of(result.case)]
        return Words(
            f"計画に定めがないため、基準値と目標値から「{taken.ja}」として計算しています",
            f'The plan does not say; baseline and target tell "{taken.en}", which is used.',
        )

    def _results(self) -> Iterator[Result]:
        results = self.reader.results(self.reader.latest)
        return (results[p.key] for _, p in self.placements if p.key in results)

    def _related(self) -> Iterator[Related]:
        indicator, all_of = self.indicator, self.reader.indicators
        if indicator.formula:
            terms = (Link(t.indicator, all_of[t.indicator].name, t.factor) for t in indicator.formula.terms)
            yield Related(_TERMS, tuple(terms))
        for field, (up, down) in _LINKS.items():
            above: str | None = getattr(indicator, field)
            if above is not None:
                yield Related(up, (Link(above, all_of[above].name),))
            below = [each for each in all_of.values() if getattr(each, field) == indicator.key]
            if below:
                yield Related(down, tuple(Link(each.key, each.name) for each in below))
        used = [
            each
            for each in all_of.values()
            if each.formula and any(term.indicator == indicator.key for term in each.formula.terms)
        ]
        if used:
            yield Related(_USED_IN, tuple(Link(each.key, each.name) for each in used))

    def _use(self, placed: Placed, placement: Placement) -> Use:
        reader = self.reader
        return Use(
            row=placement_row(reader, placed, placement),
            role=placement.role,
            crumbs=tuple(crumb(reader, each) for each in placed.path),
            values=tuple(_values(placement)),
            years=tuple(
                year
                for each in reversed(reader.years)
                if (year := self._use_year(placement, each)) is not None
            ),
            trend=trend_of(placement, self.indicator, self.indicator.direction),
            doubts=doubts_of(reader, placement),
            as_read=as_read_lines(placement),
            remark=placement.remark,
            page=placement.page or next((e.page for e in reversed(placed.path) if e.page), None),
        )

    def _use_year(self, placement: Placement, year: int) -> UseYear | None:
        """The placement in ``year``; None where it neither prints nor computes anything for it."""
        entry = walk.printed(placement, year)
        result = self.reader.results(year).get(placement.key)
        if entry is None and result is None:
            return None
        span = placement.baseline.span if placement.baseline else None
        return UseYear(
            year=year,
            name=year_words(year),
            own=str(entry.actual) if entry is not None and entry.actual is not None else "",
            difference=DIFFERENCES[entry.difference] if entry is not None and entry.difference else EMPTY,
            tone=Tone.BAD if entry is not None and entry.difference is Difference.CONFLICT else Tone.NONE,
            rate_text=rate_text(result),
            again=result.text if result is not None and result.agrees is False else "",
            grade=(result.grade or "") if result else "",
            printed_grade=result.printed_grade if result and result.grade_agrees is False else "",
            reached=result.reached if result else None,
            verdict=result.verdict_word if result else "",
            no_rate=why_no_rate(result, year)[1] if result else EMPTY,
            explanation=Words(result.explanation("ja"), result.explanation("en")) if result else EMPTY,
            readings=all_readings(result) if result else (),
            difficulty=difficulty(result, self.reader.elapsed(year), span) if result else Difficulty(),
        )

    def _history(self, uses: tuple[Use, ...], main: Use | None) -> Iterator[HistoryRow]:
        observations = sorted(self.indicator.observations, key=_year_of)
        for each in observations:
            year = _year_of(each)
            others = [
                OtherValue(use.row.place, shown.own, shown.difference, shown.tone)
                for use in uses
                for shown in use.years
                if shown.year == year and shown.own
            ]
            rated = next((u for u in main.years if u.year == year), None) if main else None
            yield HistoryRow(
                key=each.key,
                year=year_words(year),
                label=EMPTY if _is_plain(each.year) else label_words(each.year),
                text=str(each.quantity),
                number=_number(each.quantity, self.indicator.unit),
                absence=absence_words(each.quantity),
                status=EMPTY if each.quantity.is_absent else STATUSES[each.status],
                rate_text=rated.rate_text if rated else "",
                grade=rated.grade if rated else "",
                source=each.source,
                earlier=tuple(
                    EarlierLine(text=str(e.quantity), published=label_words(e.published), reason=e.reason)
                    for e in each.earlier
                ),
                doubts=doubts_of(self.reader, each),
                as_read=as_read_lines(each),
                others=tuple(others),
            )


def main_use(uses: Iterable[Use]) -> Use | None:
    """The use that stands for the indicator: the first with a target, 数値目標 and KPI before 事業KPI."""
    order = list(Role)
    return min(uses, key=lambda use: (not use.row.target, order.index(use.role), use.row.order), default=None)


_READ_OUT = Words(
    "資料に印字がなく、内容から読み取ったものです", "Not printed in the source; read from its content."
)
_TERMS = Words("計算に使う指標", "Computed from")
_USED_IN = Words("この指標を計算に使う指標", "Used to compute")
_LINKS = {
    "part_of": (Words("うち書きの元", "Part of"), Words("うち書き", "Of which")),
    "breakdown_of": (Words("内訳の元", "One of the parts of"), Words("内訳", "Made up of")),
    "continues": (
        Words("前の指標（単位や数え方の変更前）", "Continues"),
        Words("後の指標（単位や数え方の変更後）", "Continued by"),
    ),
}


def _values(placement: Placement) -> Iterator[ValueLine]:
    for name, value in (
        (Words("基準値", "Baseline"), placement.baseline),
        *((Words("年度の目標値", "Target of the year"), each) for each in placement.path),
        (Words("目標値", "Target"), placement.target),
    ):
        if value is not None:
            yield _value_line(name, value)


def _value_line(name: Words, value: Value) -> ValueLine:
    return ValueLine(
        name=name,
        text=str(value.quantity),
        year=label_words(value.year),
        span=value.span.text if value.span else "",
        source=value.source,
        absence=absence_words(value.quantity),
    )


def _is_plain(label: YearLabel) -> bool:
    """Whether a label names one fiscal year and nothing else."""
    kinds = (YearKind.FISCAL, YearKind.UNSTATED)
    return (
        label.by_note is None
        and label.computed is None
        and label.when is not None
        and label.when.kind in kinds
    )


def _number(quantity: Quantity, unit: str) -> str:
    """The number a value counts as, in full; empty where it is none."""
    found = pair_of(quantity, unit)
    return number_text(found) if isinstance(found, tuple) else ""


def _year_of(observation: Observation) -> int:
    when = observation.year.effective
    assert when is not None  # noqa: S101  (checked by Observation)
    return when.year
