"""Scheme files: what is read, and that every mistake names file, line, what is wrong and what is allowed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sosei.scheme.choices import QuantityKind, When
from sosei.scheme.files import allowed_names, line_of, load_scheme, parse_scheme
from sosei.scheme.model import Scheme
from sosei.values import Problem

FULL = """
name = "全部の決定"
source = "見本"
edition = 2
from = "R6"
note = ""

[period]
first = "R8"
last = "R11"

[quantity]
kind = "progress"
lower = "two_minus"
direction = "indicator"
divide_by_elapsed = true

[target]
use = "year"
missing = "final"

[actual]
use = "latest"
bracket_older = false

[start]
from = "replaced"
running_total = "baseline"

[limits]
floor = 0
cap = 100.5
below_text = "0%未満"
above_text = "100%超"

[rounding]
mode = "half_even"
digits = 1
digits_from = "printed"
bare = [0, 100]
minus = "▲"
grouping = true
suffix = "％"

[class]
on = "pace"
of = "rounded"
bands = [
  { label = "A", from = 100 },
  { label = "B", above = 79.5, below = 100 },
  { label = "C" },
]
steps = [{ label = "S", when = "above_target" }, { label = "A", when = ["improved", "no_target"] }]
tolerance = { points = 3, inclusive = false }
full_at_hundred = [{ label = "A", from = 100 }]
none = "－"
first_years_without = 1

[no_value.not_published]
symbol = "未集計"
counts = false
class = ""
ask_again = "翌年11月"

[rollup]
share_of = "classes"
good = ["A", "B"]
over = "all"
mean = "points"
of = "rounded"
points = { A = 95, B = 80.5 }
point_bands = [{ label = "良", from = 16 }, { label = "可" }]
worst = true
repeated = "once"
rounding = { mode = "cut", digits = 0 }

[outside]
kind = "own_scale"
scale = ["有効", "有効とは言えない"]

[effect]
bands = [{ label = "非常に効果的", above = 100 }, { label = "効果があった", when = "improved" }]

[[override]]
role = "数値目標"
quantity = { kind = "ratio" }

[[override]]
level = ["施策", "事業"]
year = ["R6", "R7"]
[override.rounding]
digits = 0
"""


BANDS = (
    'class = { none = "－", bands = [{ label = "A", from = 1 }, { label = "B" }] }\n'
    'no_value = { ended = { class = "終了" } }\n'
)


def test_every_decision_is_read() -> None:
    scheme = parse_scheme(FULL, "s.toml")
    assert (scheme.first_year, scheme.period and scheme.period.last) == (2024, 2029)
    assert scheme.limits.cap == Decimal("100.5")
    assert [band.label for band in scheme.grade.bands] == ["A", "B", "C"]
    assert scheme.grade.bands[1].above == Decimal("79.5")
    assert scheme.grade.steps[1].when == (When.IMPROVED, When.NO_TARGET)
    assert scheme.no_value["not_published"].ask_again == "翌年11月"
    assert scheme.rollup.points["B"] == Decimal("80.5")
    assert scheme.override[0].quantity is not None
    assert scheme.override[0].quantity.kind is QuantityKind.RATIO
    assert scheme.override[1].year == (2024, 2025)


def test_a_name_is_enough() -> None:
    assert parse_scheme('name = "割合"', "s.toml") == Scheme(name="割合")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('name = "a"\n\n[roundin]\n', 3, ["「roundin」", "rounding"]),
        ('name = "a"\n[rounding]\ndigits = 1\nmode = "up"\n', 4, ["half_up", "half_even", "cut"]),
        ('name = "a"\n[rounding]\ndigits = 9\n', 3, ["9"]),
        ('name = "a"\n[rounding]\ndigits = "1"\n', 3, ["整数"]),
        (
            'name = "a"\n[class]\nbands = [\n  { label = "A", from = 1 },\n  { label = "B", form = 3 },\n]\n',
            5,
            ["「form」", "from"],
        ),
        ('name = "a"\n[class]\nbands = [{ from = 1 }]\n', 3, ["label", "必ず"]),
        ('name = "a"\n[class]\nsteps = [{ label = "a", when = "bettr" }]\n', 3, ["within_tolerance"]),
        ('name = "a"\n[class]\ntolerance = { percent = 1, points = 2 }\n', 3, ["percent", "points"]),
        ('name = "a"\n[limits]\nfloor = "x"\n', 3, ["数"]),
        ('name = "a"\n[limits]\nfloor = nan\n', 3, ["数"]),
        ('name = "a"\n[period]\nfirst = "R9"\nlast = "そのうち"\n', 4, ["R6"]),
        ('name = "a"\n[period]\nfirst = "R9"\nlast = "R8"\n', 2, ["first", "last"]),
        ('name = "a"\n[no_value.gone]\nsymbol = "-"\n', 2, ["「gone」", "ended"]),
        (
            'name = "a"\n[[override]]\nrole = "KPI"\n[[override]]\nrole = "KPI"\n[override.rounding]\ndigits = 9\n',
            7,
            ["9"],
        ),
        ('name = "a"\n[[override]]\ntarget = { use = "last" }\n', 3, ["straight_path"]),
        ('name = "a"\n[[override]]\ndirection = "down"\n', 3, ["「down」", "raise, lower, at_least"]),
        ('name = "a"\n[[override]]\ndirection = "undecided"\n', 3, ["「undecided」", "lower"]),
        ('name = "a"\n[[override]]\nrole = ["KPI", "施策"]\n', 3, ["「施策」", "数値目標, KPI, 事業KPI"]),
        ('name = "a"\n\n[[override]]\nyear = "R6"\ncounting = "total"\n', 5, ["「total」", "cumulative"]),
        ('name = "a"\n[class]\nnone = "-"\non = "pace"\n', 4, ["class.on", "pace", "[period]"]),
        ('name = "a"\n[quantity]\ndivide_by_elapsed = true\n', 3, ["divide_by_elapsed", "[period]"]),
        ('name = "a"\n[target]\nuse = "straight_path"\n', 3, ["straight_path", "[period]"]),
        (
            'name = "a"\n[[override]]\nname = "b"\ntarget = { use = "elapsed_share" }\n',
            4,
            ["override[1].target.use", "elapsed_share", "[period]"],
        ),
        (f'name = "a"\n{BANDS}[rollup]\nworst = true\ngood = ["A", "S"]\n', 6, ["「S」", "A, B, －, 終了"]),
        (f'name = "a"\n{BANDS}[rollup]\n[rollup.points]\nA = 2\nC = 1\n', 7, ["「C」", "A, B"]),
        ('name = "a"\n[rollup]\ngood = "A"\n', 3, ["[ ]"]),
        ('name = "a"\n[rollup]\ngood = ["A"]\n', 3, ["「A」", "bands", "steps"]),
        ('name = "a"\n[rounding]\nminus = ""\n', 3, ["空"]),
        ('name = "a"\n[rollup]\nof = "printed"\n', 3, ["rounded"]),
        ('name = "a"\n[class]\nfirst_years_without = 1\n', 3, ["first_years_without", "[period]"]),
        (
            'name = "a"\n[class]\nsteps = [\n{ label = "a", when = "on_path" },\n]\n',
            4,
            ["on_path", "[period]"],
        ),
        ('name = "a"\n[rollup]\nmean = "points"\n', 3, ["rollup.mean", "points ="]),
        (f'name = "a"\n{BANDS}[rollup]\nshare_of = "classes"\n', 5, ["rollup.share_of", "good ="]),
        (
            'name = "a"\n[class]\nbands = [\n{ label = "C", from = 50 },\n{ label = "B", above = 80, below = 90 },\n]',
            5,
            ["「B」", "「C」"],
        ),
        (
            'name = "a"\n[class]\nsteps = [\n{ label = "A" },\n{ label = "B", when = "same" },\n]',
            5,
            ["「B」", "「A」"],
        ),
        ('name = "a"\n[limits]\nfloor = "0"\n', 3, ["limits.floor", "引用符"]),
        ('name = "a"\n[limits]\ncap = "100"\n', 3, ["limits.cap", "引用符"]),
        ('name = "a"\n[class]\nbands = [\n{ label = "A", from = "80.5" },\n]', 4, ["from", "引用符"]),
        (
            'name = "a"\n[[override]]\nclass = { bands = [{ label = "A", from = "80" }] }',
            3,
            ["from", "引用符"],
        ),
        ("[quantity]\nkind = 'ratio'\n", 1, ["name", "必ず"]),
        ('name = "a"\nedition = [\n', 2, ["TOML"]),
        ('name = "a\n', 1, ["TOML"]),
    ],
)
def test_a_mistake_names_line_and_what_is_allowed(text: str, line: int, words: list[str]) -> None:
    with pytest.raises(Problem) as caught:
        parse_scheme(text, "方式.toml")
    assert caught.value.ja.startswith(f"方式.toml {line}行目"), caught.value.ja
    assert f"line {line}" in caught.value.en
    for word in words:
        assert word in caught.value.ja


@pytest.mark.parametrize(
    "text",
    [
        '[class]\non = "pace"\n[[override]]\nplace = "*"\nperiod = { first = "R5", last = "R8" }',
        '[class]\non = "judged"\n[rollup]\ngood = ["何でも"]',
        '[class]\non = "reached"\n[rollup]\ngood = ["達成", "一部達成"]',
        f'{BANDS}[rollup]\ngood = ["A", "－", "終了"]',
        'from = "R6"\n[[override]]\nyear = "R6"\nstart = { from = "zero" }',
        "[class]\nbands = [{ label = 'A', to = 0 }, { label = 'B', to = 10 }, { label = 'C', when = 'reached' }, "
        "{ label = 'D' }]",
        '[[override]]\nrole = ["kpi", "事業KPI"]\ndirection = "do"\ncounting = "per_head"\n'
        'class = { steps = [{ label = "◎", when = "reached" }], missed = "×" }\n'
        '[rollup]\npoints = { "◎" = 1, "×" = 0 }',
    ],
)
def test_what_goes_together(text: str) -> None:
    assert parse_scheme(f'name = "a"\n{text}', "s.toml").name == "a"


def test_a_period_elsewhere_is_enough() -> None:
    text = 'name = "a"\n[class]\non = "pace"'
    assert parse_scheme(text, "s.toml", has_period=True).period is None


def test_many_mistakes_are_counted() -> None:
    text = 'name = "a"\n' + "".join(f"x{n} = 1\n" for n in range(8))
    with pytest.raises(Problem) as caught:
        parse_scheme(text, "s.toml")
    assert "ほかに3件" in caught.value.ja
    assert "and 3 more" in caught.value.en


def test_files_with_a_bom_and_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "方式.toml"
    path.write_bytes('\ufeffname = "割合"'.encode())
    assert load_scheme(path).name == "割合"
    path.write_bytes('name = "割合"'.encode("cp932"))
    with pytest.raises(Problem, match="UTF-8"):
        load_scheme(path)
    with pytest.raises(Problem, match="no such file"):
        load_scheme(tmp_path / "none.toml")


def test_helpers() -> None:
    assert allowed_names(("class", "bands", 0)) == ["label", "from", "above", "to", "below", "when"]
    assert (
        line_of(FULL, ("override", 1, "rounding", "digits")) == FULL.count("\n", 0, FULL.rindex("digits")) + 1
    )
