"""A record's fields in a reader's words: figures as printed, what a key stands for by its name.

A plan file says by key what a reader knows by name, and by a fixed English word what has a Japanese
one.  The words come from one plan: an old value is told in the words of the old plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Final, get_args, get_type_hints

from sosei.plan import model, record
from sosei.plan.base import Doubt, Key, Node, Prose
from sosei.plan.indicator import EarlierValue, Formula, Observation, Placement, PrintedYear, Value
from sosei.plan.labels import field_label, record_label, value_label
from sosei.plan.walk import index
from sosei.values import JointAlternatives, Quantity, Span, YearLabel, era_text, inner_brackets

SHOWN: Final = 24
"""Characters of a text that stands in for a name."""

LONGEST: Final = 120
"""Characters of a name where it only says which record is meant."""

_ONE_LINE = 40  # characters up to which the entries of a list share a line

_NAMES = ("name", "title", "term", "what", "label", "text", "plan", "method", "code")
_YEARLY = (model.Activity, Observation, PrintedYear)
_FIELD_NAMES = frozenset({"as_read", "not_printed", "interpreted", "field"})


class Wording:
    """The words of one plan for a reader of ``language`` (``"ja"`` or ``"en"``)."""

    def __init__(self, plan: model.Plan, language: str = "ja") -> None:
        self._plan = plan
        self._levels = {level.code: level.name for level in plan.levels}
        self.language = language
        self._english = language == "en"

    @cached_property
    def _records(self) -> Mapping[Key, Node]:
        """Every record, gathered when the first is named: most fields name none."""
        return index(self._plan)

    def field(self, node: Node, name: str) -> str:
        """The value of the field ``name`` of ``node``; empty where there is none."""
        value = getattr(node, name)
        if isinstance(node, model.Element) and name == "level":
            return self.level(node)
        if name in _FIELD_NAMES:
            return self._fields_named(value)
        return self._text(value, keys=_holds_keys(type(node), name))

    def find(self, key: Key) -> Node:
        """The record with this key."""
        return self._records[key]

    def labelled(self, node: Node, name: str) -> str:
        """The field with its name before it: 目標値：200件（R10）; empty where it has no value."""
        text = self.field(node, name)
        if not text:
            return ""
        return field_label(name, self.language) + (": " if self._english else "：") + text

    def title(self, node: Node) -> str:
        """What a person calls the record: its name, else its year, else how its text begins; may be empty."""
        for name in _NAMES:
            text = getattr(node, name, "")
            if text:
                return _beginning(str(text)) if name == "text" else str(text)
        if isinstance(node, model.Element):
            return _beginning(done_text(node))
        return str(node.year) if isinstance(node, _YEARLY) else ""

    def short_title(self, node: Node) -> str:
        """The title where it only says which record is meant: a very long one is cut."""
        return _cut(self.title(node), LONGEST)

    def full_title(self, node: Node, above: str) -> str:
        """The title for one who does not see the record around it: a year's values with what they are of."""
        title = self.title(node)
        return f"{above} {title}" if isinstance(node, _YEARLY) and above else title or above

    def level(self, element: model.Element) -> str:
        """What the plan calls elements of this level: 施策, 具体的な事業."""
        return self._levels[element.level]

    def called(self, node: Node) -> str:
        """The record with what it is: 施策① 企業の支援, KPI「相談件数」, R6の実績値; a very long name is cut."""
        title = self.short_title(node)
        if isinstance(node, model.Element):
            if node.label and node.name:
                return f"{_cut(node.label, LONGEST)} {title}"
            return self._with_kind(self.level(node), title)
        if isinstance(node, record.Chapter):
            return " ".join(part for part in (node.no, title) if part)
        if isinstance(node, Placement):
            kind = value_label(node.role, self.language)
            return self._with_kind(kind, _cut(node.name + node.name_suffix, LONGEST))
        kind = record_label(type(node), self.language)
        if isinstance(node, model.Plan):
            return kind
        if isinstance(node, _YEARLY) and not self._english:
            return f"{title}の{kind}"
        return self._with_kind(kind, title)

    def _with_kind(self, kind: str, title: str) -> str:
        if not title:
            return kind
        return f'{kind} "{title}"' if self._english else inner_brackets(f"{kind}「{title}」")

    def _text(self, value: Any, *, keys: bool = False) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return ("yes" if value else "no") if self._english else ("はい" if value else "いいえ")
        if isinstance(value, StrEnum):
            return value_label(value, self.language)
        if isinstance(value, str):
            return self._named(value) if keys else value
        if isinstance(value, tuple):
            return self._joined(self._text(each, keys=keys) for each in value)
        form = _FORMS.get(type(value))
        return form(self, value) if form else str(value)

    def _joined(self, texts: Iterator[str]) -> str:
        """Short texts on one line, paragraphs each on its own."""
        found = list(texts)
        if any(len(text) > _ONE_LINE or "\n" in text for text in found):
            return "\n".join(found)
        return (", " if self._english else "、").join(found)

    def _named(self, key: str) -> str:
        """The record that ``key`` stands for."""
        node = self._records.get(key)
        if isinstance(node, model.Table) and not node.title:
            return self._text(node.columns)
        return (node and self.title(node)) or key

    def _fields_named(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return self._joined(f"{field_label(name, self.language)}: {text}" for name, text in value.items())
        names = (value,) if isinstance(value, str) else value
        return self._joined(field_label(name, self.language) for name in names)

    def _with(self, text: str, *beside: str) -> str:
        """``text`` and in brackets what belongs to it; what has brackets of its own gets no second pair."""
        inner = [each for each in beside if each]
        if not inner:
            return text
        if len(inner) == 1 and inner[0][0] in "(（":
            return text + inner[0]
        return f"{text} ({', '.join(inner)})" if self._english else f"{text}（{'、'.join(inner)}）"

    def _quantity(self, quantity: Quantity) -> str:
        return quantity.text if quantity.text.strip() else "(blank)" if self._english else "（空欄）"

    def _value(self, value: Value) -> str:
        source = value.source and field_label("source", self.language) + ": " + value.source
        return self._with(self._text(value.quantity), self._text(value.year), self._text(value.span), source)

    def _year(self, year: YearLabel) -> str:
        return year_text(year, self.language)

    def _municipality(self, city: record.Municipality) -> str:
        return self._with(city.prefecture + city.name, city.code)

    def _period(self, period: record.PlanPeriod) -> str:
        return period.text if period.years_text in period.text else f"{period.text} {period.years_text}"

    def _contact(self, contact: record.Contact) -> str:
        lines = (contact.division, contact.postal, contact.address, contact.lines)
        return "\n".join(line for line in lines if line)

    def _contents_line(self, line: record.ContentsLine) -> str:
        return line.title if line.page is None else f"{line.title} …… {line.page}"

    def _condition(self, condition: record.Condition) -> str:
        return self._with(
            f"{condition.subject} {self._text(condition.quantity)}",
            self._text(condition.deadline),
            self._text(condition.span),
        )

    def _count(self, count: record.ReachedCount) -> str:
        rate = self._text(count.rate)
        return count.text if rate in count.text else f"{count.text} {rate}"

    def _earlier(self, earlier: EarlierValue) -> str:
        return self._with(self._text(earlier.quantity), self._text(earlier.published), earlier.reason)

    def _doubt(self, doubt: Doubt) -> str:
        return self._with(field_label(doubt.field, self.language), doubt.note)

    def _anchor(self, anchor: record.Anchor) -> str:
        return self._with(self._named(anchor.at), field_label(anchor.field, self.language))

    def _readings(self, readings: JointAlternatives) -> str:
        """The chosen way to fill the cells, each with the record and field it belongs to."""
        cells = []
        for cell in readings.options[readings.chosen].cells:
            key, _, name = cell.place.partition(".")
            cells.append(f"{self._named(key)} {field_label(name, self.language)} {cell.text}")
        return self._joined(iter(cells))


_FORMS: Mapping[type, Callable[[Wording, Any], str]] = {
    Quantity: Wording._quantity,
    YearLabel: Wording._year,
    Span: lambda _, span: span.text,
    Prose: lambda _, prose: prose.text,
    Formula: lambda _, formula: formula.text,
    Value: Wording._value,
    EarlierValue: Wording._earlier,
    Doubt: Wording._doubt,
    JointAlternatives: Wording._readings,
    model.Level: lambda _, level: level.name,
    model.TableColumn: lambda _, column: column.heading,
    record.Anchor: Wording._anchor,
    record.Condition: Wording._condition,
    record.Contact: Wording._contact,
    record.ContentsLine: Wording._contents_line,
    record.CountInProse: lambda _, count: count.text,
    record.CycleStep: lambda _, step: f"{step.step}: {step.text}",
    record.Municipality: Wording._municipality,
    record.PlanPeriod: Wording._period,
    record.ProjectedPoint: lambda words, point: " ".join(
        text for text in (words._text(point.year), words._text(point.quantity)) if text
    ),
    record.ReachedCount: Wording._count,
}


def year_text(label: YearLabel, language: str = "ja") -> str:
    """A year label as printed, with the note's year where a note corrects it: R6（注によりR5）."""
    if label.by_note is None:
        return label.text
    right = era_text(label.by_note, short=True)
    return f"{label.text} ({right} by a note)" if language == "en" else f"{label.text}（注により{right}）"


def done_text(element: model.Element) -> str:
    """What was done under an element, in its latest year; empty where nothing is written."""
    texts = [activity.done.text for activity in element.activities if activity.done]
    return texts[-1] if texts else ""


def _beginning(text: str) -> str:
    return _cut(text, SHOWN)


def _cut(text: str, longest: int) -> str:
    """``text`` on one line and cut where it is longer."""
    line = " ".join(text[: 2 * longest].split())
    return line if len(line) <= longest else line[:longest] + "…"


@lru_cache(maxsize=256)
def _holds_keys(kind: type[Node], name: str) -> bool:
    """Whether the field holds keys of other records: only the declared type tells them from other texts."""
    return _names_a_key(_hints(kind)[name])


@lru_cache(maxsize=64)
def _hints(kind: type[Node]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _names_a_key(hint: Any) -> bool:
    return hint == Key or any(_names_a_key(inner) for inner in get_args(hint))
