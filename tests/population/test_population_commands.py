"""``sosei population`` as a person runs it: scenarios and targets on files."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pytest

from sosei.formats.population_examples import national
from sosei.population.assumptions import Assumptions
from sosei.population.control import adjustment_words, controlled
from sosei.population.draws import shaken
from sosei.population.engine import Recurrence, project
from sosei.population.panel import Panel
from sosei.population.ratios import derive
from sosei.values import Problem
from tests.cli.test_commands import sosei
from tests.cli.test_population_documents import sosei as at_once
from tests.conftest import ROOT
from tests.population.cases import FIVE, ONE, assumptions, gross, net_rate, panel
from tests.population.plain import base_text, rates_text

Files = tuple[str | Path, ...]


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SOSEI_LANG", "ja"
    )  # a command inside this process sets it; afterwards it is as it was


@pytest.fixture(scope="module")
def setting() -> tuple[Panel, Assumptions]:
    base = panel(2)
    return base, assumptions(base, 4, net_rate(FIVE, 4, 2, most=0.05))


@pytest.fixture
def files(setting: tuple[Panel, Assumptions], tmp_path: Path) -> Files:
    base, given = setting
    (tmp_path / "BASE.csv").write_text(base_text(base), encoding="utf-8")
    (tmp_path / "RATES.csv").write_text(rates_text(given), encoding="utf-8")
    return "--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv"


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("until", "would_help"), [("2050", True), ("2047", False), ("2037", False)])
def test_a_year_beyond_the_assumptions_is_told_of_the_option_that_reaches_it(
    until: str, would_help: bool, files: Files
) -> None:
    with pytest.raises(Problem) as caught:
        at_once("population", "project", *files, "--to", until)
    said = caught.value
    assert f"{until}年で終わる期間の仮定値がありません（2025年から2040年まで" in said.ja
    assert f"no assumptions lead to {until}" in said.en
    assert ["--extend" in each for each in (said.ja, said.en)] == [would_help, would_help]


def test_scenarios_come_side_by_side(files: Files, setting: tuple[Panel, Assumptions]) -> None:
    out = sosei("population", "scenario", *files, "--to", "2050", "--extend", "--area", "00002").stdout
    rows = _rows(out)
    names = list(dict.fromkeys(row["scenario"] for row in rows))
    assert names[0] == "パターン1（もとにする推計のまま）"
    assert [name.split("（")[0] for name in names[1:]] == ["シミュレーション1", "シミュレーション2"]
    assert [row["year"] for row in rows[:7]] == ["2020", "2025", "2030", "2035", "2040", "2045", "2050"]
    base, given = setting
    plain = project(base, given).panel.area("00002").total()[:, 0].tolist()
    assert [float(row["population"]) for row in rows[:5]] == pytest.approx(plain, rel=1e-12)
    assert float(rows[4]["index"]) == pytest.approx(plain[4] / plain[0] * 100)
    assert float(rows[11]["difference"]) == pytest.approx(float(rows[11]["population"]) - plain[4])
    assert float(rows[11]["ratio"]) == pytest.approx(float(rows[11]["population"]) / plain[4] * 100)


def test_scenarios_of_plain_files_are_shaken_alike(files: Files) -> None:
    asked = ("population", "scenario", *files, "--to", "2040", "--area", "00002")
    found = _rows(sosei(*asked, "--scenario", "pattern1", "--scenario", "closed", "--draws", "200").stdout)
    for row in found:
        low, middle, high = (float(row[f"population_p{at}"]) for at in (10, 50, 90))
        assert low <= middle <= high
    first, last = found[0], found[-1]
    for at in (10, 90):  # the base is not shaken
        assert float(first[f"population_p{at}"]) == pytest.approx(float(first["population"]))
    apart = float(last["difference_p90"]) - float(last["difference_p10"])
    assert 0 < apart < float(last["population_p90"]) - float(last["population_p10"])


def test_yearly_steps_are_not_shaken() -> None:
    base = panel(1, ages=ONE)
    with pytest.raises(Problem, match="five-year steps only"):
        shaken(base, [assumptions(base, 4)])


def test_a_scenario_of_ones_own_and_one_that_follows_the_nation(files: Files, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\nname = { ja = "展望", en = "vision" }\n[migration]\nclosed = true\n', encoding="utf-8"
    )
    nation = panel(1, seed=5)
    years = project(nation, assumptions(nation, 6)).panel
    (tmp_path / "NATION.csv").write_text(base_text(years), encoding="utf-8")
    chosen = ("--scenario", own, "--scenario", "pattern1-nation", "--area", "00001")
    asked = ("population", "scenario", *files, "--to", "2050", "--extend", *chosen)
    rows = _rows(sosei(*asked, "--nation", tmp_path / "NATION.csv", lang="en").stdout)
    assert list(dict.fromkeys(row["scenario"] for row in rows)) == [
        "vision",
        "Pattern 1 (the nation continues)",
    ]
    assert "全国推計が必要です" in sosei(*asked, check=2).stderr
    own.write_bytes("展望".encode("cp932"))
    assert "UTF-8" in sosei(*asked, check=2).stderr


def test_a_population_under_a_scenario(files: Files) -> None:
    out = _rows(sosei("population", "project", *files, "--to", "2040", "--scenario", "closed").stdout)
    plain = _rows(sosei("population", "project", *files, "--to", "2040").stdout)
    assert out[:38] == plain[:38]
    assert out[-1] != plain[-1]
    refused = sosei(
        "population", "project", *files, "--to", "2040", "--scenario", "pattern2", check=2, lang="en"
    )
    assert 'there is no scenario "pattern2"' in refused.stderr


def test_a_target_with_its_convention_beside_it(files: Files, setting: tuple[Panel, Assumptions]) -> None:
    base, given = setting
    now = project(base, given).panel.area("00001").total()[-1, 0]
    target = str(now * 1.05)
    asked = (
        "population",
        "solve",
        *files,
        "--area",
        "00001",
        "--target",
        target,
        "--year",
        "2040",
        "--year",
        "2060",
    )
    said = sosei(*asked, "--extend").stdout
    assert "2040年に" in said
    assert "移住世帯は各期間の終わりに到着し" in said
    assert "7.56 で割る" in said
    assert "2040年より先は、最後の期間の率をもとに延長" in said
    answers = json.loads(sosei(*asked, "--extend", "--by", "families", "--format", "json", lang="en").stdout)
    assert [answer["year"] for answer in answers] == [2040, 2060]
    assert answers[0]["status"] == "solved"
    assert answers[0]["population"] == pytest.approx(now * 1.05)
    assert answers[0]["exact"] is True
    assert "no assumptions lead to 2060" in sosei(*asked, check=2, lang="en").stderr
    assert 'no family "four"' in sosei(*asked, "--extend", "--family", "four", check=2, lang="en").stderr


def test_fertility_is_reached_after_a_late_base_year(files: Files, tmp_path: Path) -> None:
    late: list[str | Path] = []
    for flag, path in zip(files[::2], files[1::2], strict=True):
        moved = tmp_path / f"late-{Path(path).name}"
        text = Path(path).read_text(encoding="utf-8")
        moved.write_text(
            re.sub(r"\b20[2-4][05]\b", lambda year: str(int(year[0]) + 20), text), encoding="utf-8"
        )
        late += [flag, moved]
    asked = (
        "population",
        "solve",
        *late,
        "--area",
        "00001",
        "--target",
        "1e6",
        "--year",
        "2060",
        "--by",
        "tfr",
    )
    assert "2045年に達する合計特殊出生率" in at_once(*asked).stdout
    assert "2050年に達する合計特殊出生率" in at_once(*asked, "--tfr-by", "2050").stdout
    assert "later than the base year (2040)" in _refused(*asked, "--tfr-by", "2040")


def test_fertility_by_age_is_not_said_to_be_divided(files: Files, tmp_path: Path) -> None:
    given = Path(files[3]).read_text(encoding="utf-8").splitlines()
    kept = [line for line in given if ",cwr," not in line and ",male_share_0_4," not in line]
    for area, start in dict.fromkeys((line.split(",")[0], int(line.split(",")[1])) for line in kept[1:]):
        step = f"{area},{start},{start + 5}"
        kept += [f"{step},fertility,female,{age},0.04" for age in range(15, 50, 5)]
        kept += [f"{step},birth_survival,{sex},,0.99" for sex in ("male", "female")]
    own = tmp_path / "by-age.csv"
    own.write_text("\n".join(kept), encoding="utf-8")
    asked = ("solve", *files[:3], own, "--area", "00001", "--target", "1e6", "--year", "2040", "--by", "tfr")
    said = at_once("population", *asked).stdout
    assert "年齢別出生率は、どの年齢も同じ割合で変える" in said
    assert "で割る" not in said


def test_a_scenario_that_does_not_fit_is_named(files: Files, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\nname = { ja = "展望", en = "our vision" }\n'
        '[migration]\nbands = [{ ages = [12, 20], direction = "out", points = { 2030 = 0.5 } }]\n',
        encoding="utf-8",
    )
    for source in ((*files, "--area", "00001"), ("--example", "aso")):
        asked = (
            "population",
            "scenario",
            *source,
            "--to",
            "2040",
            "--scenario",
            "pattern1",
            "--scenario",
            own,
        )
        assert _refused(*asked).startswith(f"{own}: ages 12 to before 20 of a multiplier")


def test_one_area_must_be_named(files: Files) -> None:
    done = sosei("population", "solve", *files, "--target", "9", "--year", "2040", check=2, lang="en")
    assert "name one with --area" in done.stderr


def test_the_command_line_starts_without_numpy() -> None:
    asked = "import sys, sosei.cli.main; assert 'numpy' not in sys.modules and 'pydantic' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_several_bases_run_at_once() -> None:
    """Leading axes (scenarios, draws) go through the recurrence as they are."""
    one, two = panel(3), panel(3, seed=8)
    ready = Recurrence(replace(assumptions(one), migration=gross(FIVE, 4, 3)))
    both = ready.run(np.stack([one.values[0], two.values[0]])).values
    assert np.array_equal(both[:, 0], ready.run(one.values[0]).values)
    assert np.array_equal(both[:, 1], ready.run(two.values[0]).values)


def _refused(*arguments: str | Path) -> str:
    """The sentence with which a command inside this process stops."""
    with pytest.raises(Problem) as caught:
        at_once(*arguments)
    return caught.value.en


def test_a_second_output_that_cannot_be_written_leaves_the_first_unwritten(
    files: Files, tmp_path: Path
) -> None:
    out = tmp_path / "OUT.csv"
    asked = ("population", "project", *files, "--to", "2040", "-o", out, "--report")
    assert "cannot be written" in _refused(*asked, tmp_path / "none/R.csv")
    assert "go to the same file" in _refused(*asked, out)
    assert not out.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("project", "--to", "2040"),
        ("scenario", "--to", "2040"),
        ("solve", "--target", "9000", "--year", "2040", "--format", "json"),
    ],
    ids=lambda command: command[0],
)
def test_a_file_that_is_read_is_not_written_over(command: tuple[str, ...], files: Files) -> None:
    base = Path(files[1])
    before = base.read_bytes()
    assert "is a file that is read" in _refused("population", *command, *files, "-o", base)
    assert base.read_bytes() == before


def test_rates_that_make_more_people_than_can_be_counted_are_refused_with_their_file(
    setting: tuple[Panel, Assumptions], tmp_path: Path
) -> None:
    base, given = setting
    (tmp_path / "BASE.csv").write_text(base_text(base), encoding="utf-8")
    wild = replace(given, survival=np.full_like(given.survival, 50.0))
    (tmp_path / "RATES.csv").write_text(rates_text(wild), encoding="utf-8")
    asked = ("--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv", "--extend")
    said = _refused("population", "project", *asked, "--to", "4000")
    assert said.startswith(f"{tmp_path / 'RATES.csv'}: 00001 ")
    assert "the population is inf" in said
    with pytest.raises(click.BadParameter, match="10000 is not in the range"):
        at_once("population", "project", *asked, "--to", "10000")


def test_the_sum_of_all_areas_is_scaled_to_totals(
    files: Files, setting: tuple[Panel, Assumptions], tmp_path: Path
) -> None:
    base, given = setting
    free = project(base, given).panel
    cells = free.values[[2, 4]].sum(axis=-1, keepdims=True) * np.array([1.1, 0.9])[:, None, None, None]
    wanted = replace(free, values=cells, years=(2030, 2040), areas=("00000",), names=("",))
    totals = tmp_path / "TOTALS.csv"
    totals.write_text(base_text(wanted), encoding="utf-8")
    asked = ("population", "project", *files, "--to", "2040", "--totals", totals)
    done = at_once(*asked, lang="en")
    found = np.array([float(row["value"]) for row in _rows(done.stdout)]).reshape(2, 5, 2, 19)
    assert found[:, 0:2] == pytest.approx(free.values[:2].transpose(3, 0, 1, 2))
    assert found.sum(axis=0)[[2, 4]] == pytest.approx(wanted.values[..., 0])
    assert re.search(
        r"scaled to the control totals \(2030 \+[\d,.]+, 2040 -[\d,.]+; [\d,.]+ persons", done.stderr
    )

    rows = totals.read_text(encoding="utf-8")
    totals.write_text(rows.replace("00000,2030", "00001,2030"), encoding="utf-8")
    assert f"{totals}: " in _refused(*asked)
    totals.write_text(re.sub(",20[34]0,", ",2028,", re.sub(".*,2040,.*\n", "", rows)), encoding="utf-8")
    assert f"{totals}: the control totals are of no year" in _refused(*asked)
    totals.write_text(base_text(panel(2, year=2030)), encoding="utf-8")
    assert "the sums of all areas alone" in _refused(*asked)


def test_a_published_table_may_be_the_nation_or_the_totals(tmp_path: Path) -> None:
    """The national projection as published, for a run that is the nation itself."""
    nation = national()
    published = replace(nation.with_open_group(90), areas=("00000",)).at(2015)
    steps = project(published, derive(nation.with_open_group(90), nation).assumptions)
    (tmp_path / "BASE.csv").write_text(base_text(published), encoding="utf-8")
    until = steps.assumptions.between(2015, 2020)
    (tmp_path / "RATES.csv").write_text(rates_text(until), encoding="utf-8")
    table = ROOT / "examples/national/population/ipss_h29.csv"
    files = ("--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv", "--to", "2065")
    chosen = ("--extend", "--scenario", "pattern1-nation", "--nation", table, "--totals", table)
    done = at_once("population", "project", *files, *chosen, lang="en")
    found = np.array([float(row["value"]) for row in _rows(done.stdout)]).reshape(11, 2, 19)
    assert found[-1] == pytest.approx(nation.with_open_group(90).at(2065).values[0, ..., 0])
    sums = tmp_path / "sums.csv"
    sums.write_bytes((ROOT / "examples/aso/population/ipss_r5.csv").read_bytes())
    refused = _refused("population", "project", *files, "--extend", "--totals", sums)
    assert f"{sums}: this is a table of totals or age groups only" in refused


def test_totals_of_cells_in_which_nobody_lives_are_said_not_to_be_met() -> None:
    base = panel(1)
    given = assumptions(base, 1)
    empty = replace(base, values=np.where(np.arange(19)[:, None] == 3, 0.0, base.values))
    totals = replace(base, years=(2025,), areas=("0",))
    words = adjustment_words(project(empty, controlled(given, totals)))
    assert words is not None
    assert words.en.endswith("2 cells in which nobody lives cannot be scaled")
    assert "人のいない 2 セルは合わせられません" in words.ja
    assert adjustment_words(project(base, given)) is None
    one_year = Panel(np.ones((1, 2, 91, 1)), (2025,), ONE, ("0",), ("",))
    with pytest.raises(Problem, match="by groups of 1 years"):
        controlled(given, one_year)
