"""The grid of years as a page shows it: one placement's years with all their values, or one kind of value
of many placements over the years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sosei.checks.finding import Finding, Words
from sosei.plan.base import Key
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan
from sosei.values import Problem, YearKind, YearLabel, parse_year_label
from sosei.values.folding import compact
from sosei.web.reading.words import year_words
from sosei.web.writing.editors import Around
from sosei.web.writing.forms import FieldForm, Sent, json_text
from sosei.web.writing.grid_book import Book, Slot, Sort, year_of
from sosei.web.writing.grid_cells import COLUMNS, cell_shown
from sosei.web.writing.grid_results import Computed, Results
from sosei.web.writing.outcome import State

MOST_YEARS = 100
_PLAIN = frozenset({YearKind.FISCAL, YearKind.UNSTATED})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of years: the ``nth`` of its year; ``label`` is how a new entry writes it, empty for the usual way."""

    year: int
    nth: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell with what stands beside it: ``title`` is its year, ``head`` its line in one piece."""

    sort: Sort
    form: FieldForm
    title: Words
    head: Words
    computed: Computed | None = None

    @property
    def column(self) -> Words:
        """What the column is called."""
        return COLUMNS[self.sort]

    @property
    def beside(self) -> Words:
        """The computed rate or class beside the printed one."""
        if self.computed is None:
            return Words("", "")
        return self.computed.rate if self.sort is Sort.RATE else self.computed.class_

    @property
    def is_other(self) -> bool:
        """Whether what is computed is not what is printed."""
        if self.computed is None:
            return False
        return self.computed.is_other_rate if self.sort is Sort.RATE else self.computed.is_other_grade


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A year; ``remarks`` say which other values of the placement are of it."""

    owner: Key
    line: Line
    title: Words
    cells: Sequence[GridCell]
    remarks: Sequence[Words] = ()
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WideRow:
    """A placement with one kind of value over the years."""

    placement: Placement
    unit: str
    place: str
    cells: Sequence[GridCell]


def asked_years(texts: Iterable[str]) -> list[YearLabel]:
    """The years that somebody wants to add; raises Problem for one that cannot be read."""
    found = []
    for text in list(texts)[:MOST_YEARS]:
        label = parse_year_label(text.strip()[:100])
        if label.effective is None:
            raise Problem(
                f"「{text[:30]}」は年として読めません。令和3年度、R3、2021年度 のように書いてください",
                f'"{text[:30]}" is no year; write 令和3年度, R3 or 2021年度',
            )
        found.append(label)
    return found


class Grids:
    """The grids of one plan, with what was ``sent`` kept in their cells."""

    def __init__(self, document: Plan, sent: Sent | None = None) -> None:
        self.document = document
        self.book = Book(document)
        self.results = Results(document)
        self._sent = sent
        self._around = Around(document)

    def lines(self, owners: Sequence[Key], added: Sequence[YearLabel] = ()) -> list[Line]:
        """The years of the plan, those with values of ``owners``, and those ``added``, in order."""
        counted = self._counted(owners)
        if period := self.document.period:
            last = min(period.last.year, period.first.year + MOST_YEARS)
            for year in range(period.first.year, last + 1):
                counted.setdefault(year, 1)
        labels: dict[tuple[int, int], str] = {}
        for label in added:
            when = label.effective
            assert when is not None  # noqa: S101  (``asked_years`` sees to it)
            is_plain = when.kind in _PLAIN
            if when.year not in counted:
                counted[when.year] = 1
            elif is_plain or self._stands(owners, when.year, label):
                continue
            else:
                counted[when.year] += 1
            labels[when.year, counted[when.year]] = "" if is_plain else label.text
        return [
            Line(year, nth, labels.get((year, nth), ""))
            for year in sorted(counted)
            for nth in range(1, counted[year] + 1)
        ]

    def _counted(self, owners: Sequence[Key]) -> dict[int, int]:
        """How many rows each year needs for what is there."""
        counted: Counter[int] = Counter()
        for owner in owners:
            for sort in self.book.sorts(owner):
                years = Counter(map(year_of, self.book.all(Slot(owner, sort, 0))))
                counted |= Counter({year: n for year, n in years.items() if year is not None})
        return dict(counted)

    def _stands(self, owners: Sequence[Key], year: int, label: YearLabel) -> bool:
        """Whether an entry writes the year so already."""
        return any(
            compact(entry["year"]["text"]) == compact(label.text)
            for owner in owners
            for sort in self.book.sorts(owner)
            for entry in self.book.entries(Slot(owner, sort, year))
        )

    def rows(
        self,
        owner: Key,
        added: Sequence[YearLabel] = (),
        findings: Mapping[tuple[Key, int], Sequence[Finding]] | None = None,
    ) -> list[GridRow]:
        """The years of a placement, or of an indicator alone, each with all its values."""
        lines = self.lines([owner], added)
        computed = self.results.of(owner, [line.year for line in lines])
        return [
            GridRow(
                owner=owner,
                line=line,
                title=self.title(line, owner),
                cells=[self._cell(owner, sort, line, computed) for sort in self.book.sorts(owner)],
                remarks=self.remarks(owner, line),
                findings=(findings or {}).get((owner, line.year), ()) if line.nth == 1 else (),
            )
            for line in lines
        ]

    def wide(self, placements: Sequence[Placement], sort: Sort, lines: Sequence[Line]) -> list[WideRow]:
        """One kind of value of ``placements`` over the years ``lines``."""
        years = [line.year for line in lines]
        found = []
        for each in placements:
            computed = self.results.of(each.key, years)
            found.append(
                WideRow(
                    placement=each,
                    unit=self.results.indicators[each.indicator].unit,
                    place=self.results.placed[each.key].place,
                    cells=[self._cell(each.key, sort, line, computed, each.name) for line in lines],
                )
            )
        return found

    def _cell(
        self, owner: Key, sort: Sort, line: Line, computed: Mapping[int, Computed], name: str = ""
    ) -> GridCell:
        slot = Slot(owner, sort, line.year, line.nth, line.label)
        title = self.title(line, owner)
        head = Words(f"{name} {title.ja}".strip(), f"{name} {title.en}".strip())
        is_beside = sort in (Sort.RATE, Sort.GRADE) and line.nth == 1
        return GridCell(
            sort=sort,
            form=self._form(slot),
            title=title,
            head=head,
            computed=(computed.get(line.year) or _nothing(owner, line.year)) if is_beside else None,
        )

    def _form(self, slot: Slot) -> FieldForm:
        value = self.book.value(slot)
        shown = cell_shown(slot, value, self._around)
        outcome = self._sent.outcomes.get(slot.name) if self._sent else None
        if self._sent and outcome and outcome.state in (State.PROBLEM, State.CONFLICT):
            typed = self._sent.typed
            inputs = [
                replace(each, value=typed.get(each.name, each.value), heard=None) for each in shown.inputs
            ]
            shown = replace(shown, inputs=inputs)
        was = outcome.was if outcome and outcome.was is not None else json_text(value)
        return FieldForm(
            key=slot.owner, field=slot.name, label=COLUMNS[slot.sort], shown=shown, was=was, outcome=outcome
        )

    def title(self, line: Line, owner: Key | None = None) -> Words:
        """令和6年度; what ``owner`` prints where that says something else than a fiscal year."""
        sorts = self.book.sorts(owner) if owner else ()
        slots = (Slot(owner or "", sort, line.year, line.nth) for sort in sorts)
        entries = filter(None, map(self.book.entry, slots))
        text = line.label or next((entry["year"]["text"] for entry in entries), "")
        when = parse_year_label(text).when if text else None
        return year_words(line.year) if when is None or when.kind in _PLAIN else Words(text, text)

    def remarks(self, owner: Key, line: Line) -> list[Words]:
        """That the placement's baseline or final target is of this year, and what is noted of it."""
        placement = self.book.known[owner]
        if not isinstance(placement, Placement) or line.nth > 1:
            return []
        found = [words for year, words in _ends(placement) if year == line.year]
        entry = self.book.entry(Slot(owner, Sort.RATE, line.year))
        notes = (entry or {}).get("remark", "").splitlines()
        return [*found, *(Words(note, note) for note in notes)]


def years_told(grids: Grids, owner: Key) -> list[int]:
    """Every year of which a page may have to say something anew once ``owner`` or a value of it was saved."""
    placement = grids.book.known[owner]
    ends = [year for year, _ in _ends(placement)] if isinstance(placement, Placement) else []
    return sorted({*ends, *(line.year for line in grids.lines([owner]))})


def _ends(placement: Placement) -> Iterator[tuple[int, Words]]:
    """The years of the baseline and the final target, and what is said of them there."""
    names = ((placement.baseline, "基準値", "Baseline"), (placement.target, "最終目標", "Final target"))
    for value, ja, en in names:
        when = value.year.effective if value and value.year else None
        if value is not None and when is not None:
            yield when.year, Words(f"{ja} {value.quantity.text}", f"{en} {value.quantity.text}")


def undated_targets(placement: Placement) -> int:
    """How many of the placement's yearly targets name no year that can be read: they stand in no row."""
    return sum(each.year is None or each.year.effective is None for each in placement.path)


def _nothing(owner: Key, year: int) -> Computed:
    return Computed(
        owner=owner,
        year=year,
        text="",
        grade="",
        is_other_rate=False,
        is_other_grade=False,
        reason=Words("", ""),
    )
