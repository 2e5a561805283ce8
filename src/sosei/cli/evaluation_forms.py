"""An evaluation as a table for the terminal, as JSON for programs, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sosei.cli.printing import json_lists, safe
from sosei.scheme.choices import RoundingMode
from sosei.scheme.presets import preset, preset_names
from sosei.scheme.rollup import OVERALL
from sosei.scheme.rounding import rounded
from sosei.values import When, YearKind, era_text
from sosei.values.exact import plain

if TYPE_CHECKING:
    from rich.table import Table

    from sosei.cli.evaluation import Evaluation
    from sosei.scheme.evaluate import Result
    from sosei.scheme.picked import Picked
    from sosei.scheme.rollup import RollUp

_WIDTH = 160  # of a table that goes to a file
_SHOWN = 60  # characters of a name or a value in the terminal
_HEADS = {
    "id": ("id", "id"),
    "place": ("場所", "place"),
    "role": ("役割", "role"),
    "name": ("名称", "name"),
    "target": ("目標値", "target"),
    "actual": ("実績値", "actual"),
    "rate": ("達成率", "rate"),
    "fraction": ("割合（分数）", "fraction"),
    "class": ("評価区分", "class"),
    "printed": ("印字", "printed"),
    "printed-class": ("印字の区分", "printed class"),
    "agree": ("一致", "agree"),
    "class-agree": ("区分の一致", "class agrees"),
    "effect": ("効果（案）", "effect (proposed)"),
    "reached": ("達成", "reached"),
    "reason": ("率のない理由", "why no rate"),
    "explanation": ("計算の根拠", "explanation"),
}
_TERMINAL = (
    "name",
    "target",
    "actual",
    "rate",
    "class",
    "printed",
    "agree",
    "class-agree",
    "effect",
    "reason",
)
_ROLLUP_HEADS = (
    ("階層", "level"),
    ("場所", "place"),
    ("件数", "rows"),
    ("値のある件数", "known"),
    ("達成", "reached"),
    ("割合", "share"),
    ("区分ごとの件数", "by class"),
    ("平均・点数・総合", "mean, points, overall"),
)
_OVERALL = ("全体", "overall")
_YES_NO = {True: ("○", "yes"), False: ("×", "no"), None: ("", "")}
_AGREE = {True: ("○", "yes"), False: ("違い", "differ"), None: ("", "")}


def as_table(evaluation: Evaluation, language: str) -> bytes:
    """Results and roll-up, ruled, for a reader."""
    english = language == "en"
    title = " ".join((evaluation.scheme.name, era_text(When(year=evaluation.year, kind=YearKind.FISCAL))))
    heads = _shown(_TERMINAL, evaluation)
    results = _headed((_HEADS[head][english] for head in heads), _safe(title))
    for result in evaluation.results:
        cells = _cells(result, language)
        results.add_row(*(_safe(cells[head]) for head in heads))
    return _ruled(results, _rollup_table(evaluation.rollup, language))


def as_json(evaluation: Evaluation, language: str) -> bytes:
    """``{rows, rollup, errors}``; ``rate.decimal`` in percent as rounded, ``rate.fraction`` exact, 1/1 is 100 %."""
    has_effect = _has_effect(evaluation)
    rows = (
        {**_row(result), "effect": result.effect} if has_effect else _row(result)
        for result in evaluation.results
    )
    errors = (
        {"line": error.line, "column": error.column, "message": error.sentence(language)}
        for error in evaluation.errors
    )
    return json_lists(rows=rows, rollup=map(_level, evaluation.rollup), errors=errors)


def as_csv(evaluation: Evaluation, language: str) -> bytes:
    """A row a result with its explanation, UTF-8 with BOM."""
    rows = (
        {**_cells(result, language), "explanation": result.explanation(language)}
        for result in evaluation.results
    )
    heads = _shown(_HEADS, evaluation)
    return _csv(
        [_HEADS[head][language == "en"] for head in heads], ([row[head] for head in heads] for row in rows)
    )


FORMS: Mapping[str, Callable[[Evaluation, str], bytes]] = {"table": as_table, "json": as_json, "csv": as_csv}


def presets_listed(form: str, language: str) -> bytes:
    """The schemes that come with the program: the name to give, what it is, who publishes by it."""
    schemes = [(name, preset(name)) for name in preset_names()]
    rows = [(name, scheme.name, scheme.source) for name, scheme in schemes]
    if form == "json":
        return json_lists(presets=(dict(zip(("preset", "name", "source"), row, strict=True)) for row in rows))
    heads = ["preset", "name", "source"] if language == "en" else ["名前", "評価方式", "出典"]
    if form == "csv":
        return _csv(heads, rows)
    table = _headed(heads)
    for row in rows:
        table.add_row(*row)
    return _ruled(table)


def _shown(heads: Iterable[str], evaluation: Evaluation) -> list[str]:
    """The columns; the effect only where the scheme has one."""
    return [head for head in heads if head != "effect" or _has_effect(evaluation)]


def _has_effect(evaluation: Evaluation) -> bool:
    scheme = evaluation.scheme
    rules = (scheme.effect, *(each.effect for each in scheme.override))
    return any(rule and rule.bands for rule in rules)


def _cells(result: Result, language: str) -> dict[str, str]:
    """What a person reads of a result, by column; all but the explanation."""
    english = language == "en"
    case = result.case
    return {
        "id": case.id,
        "place": case.place,
        "role": case.role,
        "name": case.name,
        "target": _picked(result.target),
        "actual": _picked(result.actual),
        "rate": result.text,
        "fraction": _fraction(result.ratio) if result.ratio is not None else "",
        "class": result.grade or "",
        "printed": str(result.printed or ""),
        "printed-class": result.printed_grade,
        "agree": _AGREE[result.agrees][english],
        "class-agree": _AGREE[result.grade_agrees][english],
        "effect": result.effect or "",
        "reached": _YES_NO[result.reached][english],
        "reason": result.reason(language),
    }


def _picked(picked: Picked) -> str:
    """The value that was used: as printed, or the number where it stands in no cell (a sum, a path)."""
    if picked.how and isinstance(picked.value, tuple):
        return _plain_number(Fraction(*picked.value))
    return str(picked.quantity or "")


def _row(result: Result) -> dict[str, Any]:
    rate = None
    if result.ratio is not None and result.rate is not None:
        rate = {"fraction": _fraction(result.ratio), "decimal": plain(result.rate)}
    return {
        "id": result.case.id,
        "rate": rate,
        "printed": result.text,
        "class": result.grade or None,
        "reached": result.reached,
        "reason": result.cause or None,
        "explanation": {language: result.explanation(language) for language in ("ja", "en")},
        "readings": [
            {
                "kind": reading.kind,
                "rate": None
                if reading.ratio is None or reading.rate is None
                else {"fraction": _fraction(reading.ratio), "decimal": plain(reading.rate)},
                "printed": reading.text,
            }
            for reading in result.readings()
        ],
    }


def _level(level: RollUp) -> dict[str, Any]:
    """``share`` in percent as rounded; what a scheme adds (mean, points ...) only where it asks for it."""
    found: dict[str, Any] = {
        "level": level.level,
        "id": level.id,
        "known": level.known,
        "reached": level.reached,
        "share": None if level.share_rate is None else plain(level.share_rate),
        "by_class": level.by_class,
    }
    if level.mean is not None:
        found["mean"] = level.mean_text
    if level.points is not None:
        found["points"] = _plain_number(level.points)
    if level.grade is not None:
        found["class"] = level.grade
    if level.worst is not None:
        found["worst"] = level.worst
    return found


def _rollup_table(levels: Iterable[RollUp], language: str) -> Table:
    english = language == "en"
    table = _headed(head[english] for head in _ROLLUP_HEADS)
    for level in levels:
        points = "" if level.points is None else _plain_number(level.points)
        more = (
            level.mean_text if level.mean is not None else "",
            points,
            level.grade or "",
            level.worst or "",
        )
        name = _OVERALL[english] if level.level == OVERALL else level.level
        classes = ", ".join(f"{grade} {count}" for grade, count in level.by_class.items())
        cells = (name, level.id, level.rows, level.known, level.reached, level.share_text, classes)
        table.add_row(*(_safe(str(cell)) for cell in cells), _safe(" ".join(filter(None, more))))
    return table


def _plain_number(number: Fraction) -> str:
    """At most two decimals, none that say nothing: 36, 65.5."""
    text = plain(rounded(number, 2, RoundingMode.HALF_UP))
    return text.rstrip("0").rstrip(".")


def _fraction(ratio: Fraction) -> str:
    return f"{ratio.numerator}/{ratio.denominator}"


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _headed(heads: Iterable[str], title: str | None = None) -> Table:
    from rich.table import Table

    table = Table(title=title)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _ruled(*tables: Table) -> bytes:
    """``tables`` one under another, as wide as the terminal."""
    from rich.console import Console

    width = None if Console().is_terminal else _WIDTH
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, emoji=False, markup=False)
    for table in tables:
        console.print(table)
    return out.getvalue().encode("utf-8", "replace")


def _safe(text: str) -> str:
    return safe(text, _SHOWN)
