"""The plain files: what is read, and nonsense in: one sentence with file and line, nothing projected."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.formats.population_plain import BASE_COLUMNS, population_csv, read_population
from sosei.formats.population_rates import COLUMNS, read_rates
from sosei.population.ages import AgeScheme
from sosei.population.engine import project
from sosei.population.migration import GrossPool, NetCount, Sum, Zero
from sosei.population.panel import Panel
from sosei.values import Problem
from tests.cli.test_commands import sosei
from tests.population.cases import FIVE, assumptions, gross, net_rate, panel
from tests.population.plain import base_text, rates_text

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def base() -> str:
    return base_text(panel(2))


@pytest.fixture(scope="module")
def rates() -> str:
    whole = panel(2)
    return rates_text(assumptions(whole, 2, net_rate(FIVE, 2, 2)))


def _swap(pattern: str, by: str) -> Change:
    return lambda text: re.sub(pattern, by, text, count=1, flags=re.MULTILINE)


def _without(pattern: str) -> Change:
    return lambda text: "\n".join(line for line in text.splitlines() if not re.search(pattern, line)) + "\n"


def _plus(line: str) -> Change:
    return lambda text: f"{text}{line}\n"


def _counted(share: str, code: str = "00000") -> str:
    rows = []
    for start in (2020, 2025):
        period = f"{start},{start + 5}"
        rows += [f"{area},{period},net_total,both,,-76" for area in ("00001", "00002")]
        rows += [
            f"{code},{period},net_profile,{sex},{age},{share}"
            for sex in ("male", "female")
            for age in FIVE.lower
        ]
    return "\n".join(rows) + "\n"


WRONG_BASE: dict[str, tuple[Change, str]] = {
    "empty": (lambda _: "", "line 1: the header is"),
    "header only": (lambda text: text.splitlines()[0], "no row of population"),
    "a wrong header": (_swap("^area,", "code,"), "line 1: the header is"),
    "a column twice": (_swap("^area,year", "year,year"), "line 1: the header is"),
    "Japanese header": (_swap("^area,year,sex,age,value", "地域,年,性,年齢,値"), "line 1: the header is"),
    "negative": (_swap(r"^(00001,2020,male,5),", r"\1,-"), "line 3: the population is negative"),
    "no number": (_swap(r"^(00001,2020,male,5),.*", r"\1,many"), 'line 3: value is "many"'),
    "nan": (_swap(r"^(00001,2020,male,5),.*", r"\1,nan"), 'line 3: value is "nan"'),
    "more than all on earth": (
        _swap(r"^(00001,2020,male,5),.*", r"\1,1e11"),
        "line 3: the population is too large",
    ),
    "infinite": (_swap(r"^(00001,2020,male,5),.*", r"\1,1e999"), 'line 3: value is "1e999"'),
    "thousands": (_swap(r"^(00001,2020,male,5),.*", r'\1,"1,234"'), 'line 3: value is "1,234"'),
    "blank": (_swap(r"^(00001,2020,male,5),.*", r"\1,"), 'line 3: value is ""'),
    "wrong sex": (_swap("^00001,2020,male,5", "00001,2020,男,5"), 'line 3: sex is "男"'),
    "sex in capitals": (_swap("^00001,2020,male,5", "00001,2020,Male,5"), 'line 3: sex is "Male"'),
    "sexes together": (lambda text: re.sub("female|male", "both", text), "stands in line"),
    "an age missing in one area": (
        _without("^00002,2020,female,40,"),
        "no row for 00002 2020 female from age 40",
    ),
    "an age missing everywhere": (_without(",40,"), "the groups from 40 are missing"),
    "the first age missing": (_without(",0,"), "the groups from 0 are missing"),
    "one sex missing": (_without("^00001,2020,female"), "no row for 00001 2020 female from age 0"),
    "a label as age": (_swap("^00001,2020,male,5,", "00001,2020,male,5-9,"), 'line 3: age is "5-9"'),
    "an odd age": (_swap("^00001,2020,male,5,", "00001,2020,male,7,"), "line 3: age 7 is not the lower"),
    "an age in between": (_plus("00001,2020,male,91,3"), "line 78: age 91 is not the lower bound"),
    "ten-year groups": (_without(r",\d?5,"), "the age groups are not of 1 or 5 years"),
    "too few ages": (_without(r",(5[0-9]|[6-9][0-9]),"), "age groups must be of 1 or 5 years"),
    "two years": (_plus("00001,2025,male,0,3"), "line 78: the year is 2025"),
    "a wrong year": (_swap("^00001,2020,male,5", "00001,R2,male,5"), 'line 3: year is "R2"'),
    "two areas with one code": (lambda text: text.replace("00002,", "00001,"), "stands in line 2 too"),
    "no code": (_swap("^00001,2020,male,5", ",2020,male,5"), "line 3: area is empty"),
    "a sum that disagrees": (_plus("00001,2020,both,5,1"), "line 78: 00001 2020 both 5 is 1, but its parts"),
    "a total that disagrees": (_plus("00001,2020,male,total,1"), "line 78: 00001 2020 male total is 1, but"),
    "a sum of an unknown area": (_plus("00003,2020,both,5,1"), "line 78: 00003 2020 both 5 is 1, but"),
    "sums alone": (
        lambda _: "area,year,sex,age,value\n1,2020,both,total,9\n",
        "sums alone cannot be projected",
    ),
    "a cell too few": (_swap("^(00001,2020,male,5),.*", r"\1"), "line 3: there are 4 cells"),
    "a cell too many": (_swap("^(00001,2020,male,5,.*)", r"\1,"), "line 3: there are 6 cells"),
    "an open quote": (_swap("^00001,2020,male,5", '"00001,2020,male,5'), "line 3: the quotes do not pair"),
}

WRONG_RATES: dict[str, tuple[Change, str]] = {
    "empty": (lambda _: "", "line 1: the header is"),
    "header only": (lambda text: text.splitlines()[0], "no row begins in 2020"),
    "a wrong header": (_swap("^area,from", "area,since"), "line 1: the header is"),
    "an unknown kind": (_swap("survival", "surviving"), 'line 2: kind is "surviving"'),
    "negative survival": (
        _swap(r"^(00001,2020,2025,survival,male,0),", r"\1,-"),
        "line 2: survival is negative",
    ),
    "no number": (_swap(r"^(00001,2020,2025,survival,male,0),.*", r"\1,x"), 'line 2: value is "x"'),
    "a share above 1": (_swap(r"(male_share_0_4,both,0),.*", r"\1,1.01"), "male_share_0_4 is above 1"),
    "a percentage": (_swap(r"^(00001,2020,2025,survival,male,0),.*", r"\1,99.8"), "not a percentage"),
    "a pool of more than all on earth": (
        _plus("00001,2020,2025,pool,male,0,1e11"),
        "pool is too large (1e11)",
    ),
    "a missing rate": (
        _without("^00002,2025,2030,net_migration,female,35,"),
        "no row for 00002 2025-2030 net_",
    ),
    "no survival": (_without("survival"), "no row of survival"),
    "no child-woman ratio": (_without("cwr"), "no row of cwr"),
    "one child-woman ratio missing": (_without("^00002,2025,2030,cwr"), "no row for 00002 2025-2030 cwr"),
    "an area missing": (_without("^00002,"), "no row for 00002 2020-2025 survival"),
    "the open group missing": (_without("survival,male,90"), "no row for 00001 2020-2025 survival male 90"),
    "a gap between periods": (
        lambda text: text.replace(",2025,2030,", ",2030,2035,"),
        "does not follow on the one before, which ends in 2025",
    ),
    "periods that overlap": (
        lambda text: text.replace(",2025,2030,", ",2023,2028,"),
        "from 2023 does not follow",
    ),
    "no period from the base year": (_without(",2020,2025,"), "no row begins in 2020"),
    "a period of ten years": (_swap(",2025,2030,", ",2025,2035,"), "goes from 2025 to 2035"),
    "a period backwards": (_swap(",2020,2025,", ",2025,2020,"), "line 2: the period goes from 2025 to 2020"),
    "other ages": (_plus("00001,2020,2025,survival,male,95,0.1"), "survival has age 95"),
    "cwr by sex": (_swap("cwr,both", "cwr,female"), 'sex is "female"; it must be one of both'),
    "survival of both": (_swap("survival,male,0", "survival,both,0"), 'line 2: sex is "both"'),
    "a row twice": (_plus("00001,2020,2025,cwr,both,0,0.2"), "stands in line"),
    "shares without rates": (_plus("00001,2020,2025,in_share,male,0,0.2"), "no row of out_rate"),
    "two ways to births": (_plus("00001,2020,2025,fertility,female,20,0.1"), "both fertility and cwr"),
    "births without their survival": (
        lambda text: _plus("00001,2020,2025,fertility,female,20,0.1")(_without("cwr|male_share")(text)),
        "no row of birth_survival",
    ),
    "fertility of men": (_plus("00001,2020,2025,fertility,male,20,0.1"), "it must be one of female"),
    "fertility of girls": (_plus("00001,2020,2025,fertility,female,10,0.1"), "fertility has age 10"),
    "a total without a profile": (_plus("00001,2020,2025,net_total,both,,5"), "no row of net_profile"),
    "a profile that does not add up": (
        lambda text: text + _counted("0.03"),
        "net_profile adds up to 1.14 over sexes and ages, not to 1 (the period from 2020)",
    ),
    "too few periods": (_without(",2025,2030,"), "no assumptions lead to 2030"),
}


@pytest.mark.parametrize("case", WRONG_BASE)
def test_a_base_that_makes_no_sense_is_one_sentence(case: str, base: str) -> None:
    change, said = WRONG_BASE[case]
    with pytest.raises(Problem) as caught:
        read_population(change(base).encode(), "BASE.csv")
    assert caught.value.en.startswith("BASE.csv: ")
    assert said in caught.value.en
    assert re.search(r"line \d", caught.value.en)
    assert re.search(r"\d 行目", caught.value.ja)
    assert "\n" not in caught.value.en + caught.value.ja


@pytest.mark.parametrize("case", [case for case in WRONG_RATES if case != "too few periods"])
def test_rates_that_make_no_sense_are_one_sentence(case: str, rates: str) -> None:
    change, said = WRONG_RATES[case]
    with pytest.raises(Problem) as caught:
        read_rates(change(rates).encode(), "RATES.csv", panel(2))
    assert caught.value.en.startswith("RATES.csv: ")
    assert said in caught.value.en
    assert re.search(r"line \d", caught.value.en)
    assert re.search(r"\d 行目", caught.value.ja)


@pytest.mark.parametrize(
    ("base_case", "rates_case"),
    [("negative", ""), ("two areas with one code", ""), ("", "a missing rate"), ("", "too few periods")],
)
def test_nothing_is_written_where_something_is_wrong(
    base_case: str, rates_case: str, base: str, rates: str, tmp_path: Path
) -> None:
    change, said = WRONG_BASE[base_case] if base_case else WRONG_RATES[rates_case]
    files = {"BASE.csv": base, "RATES.csv": rates}
    name = "BASE.csv" if base_case else "RATES.csv"
    files[name] = change(files[name])
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    out = tmp_path / "OUT.csv"
    arguments = ("--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv", "--to", "2030")
    done = sosei("population", "project", *arguments, "-o", out, check=2, lang="en")
    assert done.stderr.startswith(f"sosei: {tmp_path / name}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_sums_that_agree_do_no_harm(base: str) -> None:
    whole = panel(2)
    total = whole.total()[0].tolist()
    male = float(whole.values[0, 0, :, 0].sum())
    more = f"00001,2020,both,total,{total[0]!r}\n00002,2020,both,総数,{total[1]!r}\n00001,2020,male,total,{male!r}\n"
    found = read_population((base + more).encode(), "BASE.csv")
    assert np.array_equal(found.values, whole.values)


def test_columns_may_stand_in_any_order_and_in_cp932(base: str) -> None:
    rows = [line.split(",")[::-1] for line in base.splitlines()]
    text = "\r\n".join(",".join(cells) for cells in rows).replace("00001", "熊本県")
    found = read_population(text.encode("cp932"), "BASE.csv")
    assert found.areas == ("熊本県", "00002")
    assert np.array_equal(found.values, panel(2).values)


@given(st.lists(st.floats(0, 1e9), min_size=22, max_size=22))
def test_what_is_written_reads_back_the_same(values: list[float]) -> None:
    whole = Panel(np.array(values).reshape(1, 2, 11, 1), (2020,), AgeScheme(5, 11), ('a,"b"',), ("サンプル",))
    found = read_population(population_csv(whole), "OUT.csv")
    assert np.array_equal(found.values, whole.values)
    assert found.areas == whole.areas


def test_without_migration_nobody_moves(base: str, rates: str) -> None:
    found = read_rates(_without("net_migration")(rates).encode(), "RATES.csv", panel(2)).assumptions
    assert isinstance(found.migration, Zero)


@pytest.mark.parametrize("code", ["00000", "", "00001"])
def test_a_total_of_migrants_is_spread_by_the_profile_of_the_area_or_of_all(code: str, rates: str) -> None:
    profile = _counted(repr(1 / 38), code)
    if code == "00001":
        profile += "".join(
            line.replace("00001,", "00002,")
            for line in profile.splitlines(keepends=True)
            if "profile" in line
        )
    found = read_rates(
        (_without("net_migration")(rates) + profile).encode(), "RATES.csv", panel(2)
    ).assumptions
    assert isinstance(found.migration, NetCount)
    assert found.migration.persons.sum(axis=(1, 2)) == pytest.approx(np.full((2, 2), -76.0))


def _gross_rows(pool: str | None) -> str:
    flows = gross(FIVE, 2, 2)
    rows = []
    for step, start in enumerate((2020, 2025)):
        for sex, name in enumerate(("male", "female")):
            for place, age in enumerate(FIVE.lower):
                for area, code in enumerate(("00001", "00002")):
                    at = (step, sex, place, area)
                    period = f"{code},{start},{start + 5}"
                    rows.append(f"{period},out_rate,{name},{age},{float(flows.out_rate[at])!r}")
                    rows.append(f"{period},in_share,{name},{age},{float(flows.share[at])!r}")
                if pool is not None:
                    rows.append(f"{pool},{start},{start + 5},pool,{name},{age},30")
    return "\n".join(rows) + "\n"


def test_flows_go_through_the_pool_of_the_run(base: str, rates: str) -> None:
    text = _without("net_migration")(rates) + _gross_rows(None)
    found = read_rates(text.encode(), "RATES.csv", panel(2)).assumptions
    assert isinstance(found.migration, GrossPool)
    assert found.migration.pool is None
    both = read_rates((rates + _gross_rows(None)).encode(), "RATES.csv", panel(2)).assumptions
    assert isinstance(both.migration, Sum)


@pytest.mark.parametrize("code", ["00000", ""])
def test_a_pool_under_its_own_code_is_that_of_all_areas(code: str, rates: str) -> None:
    text = _without("net_migration")(rates) + _gross_rows(code)
    found = read_rates(text.encode(), "RATES.csv", panel(2)).assumptions
    assert isinstance(found.migration, GrossPool)
    assert found.migration.pool is not None
    assert found.migration.pool.shape == (2, 2, 19, 1)


def test_shares_of_the_run_must_add_up(rates: str) -> None:
    text = (rates + _gross_rows(None)).replace(
        "00002,2020,2025,in_share,male,0,0.", "00002,2020,2025,in_share,male,0,0.9"
    )
    with pytest.raises(Problem, match="in_share adds up to"):
        read_rates(text.encode(), "RATES.csv", panel(2))


def test_one_area_of_a_file_for_many_is_projected_and_the_rest_is_said(
    base: str, rates: str, tmp_path: Path
) -> None:
    (tmp_path / "BASE.csv").write_text(_without("^00002")(base), encoding="utf-8")
    (tmp_path / "RATES.csv").write_text(rates, encoding="utf-8")
    files = ("--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv")
    done = sosei("population", "project", *files, "--to", "2030", lang="en")
    assert "that the base population does not have are not used: 1" in done.stderr
    assert done.stdout.count("\n") == 1 + 3 * 2 * 19
    whole = panel(2)
    expected = project(whole, assumptions(whole, 2, net_rate(FIVE, 2, 2))).panel.area("00001")
    assert done.stdout.encode() == population_csv(expected)


def test_clipped_cells_are_said_and_written(base: str, rates: str, tmp_path: Path) -> None:
    emptied = re.sub(r"^(\d+,\d+,\d+,net_migration,female,\d+),.*", r"\1,-1.5", rates, flags=re.MULTILINE)
    (tmp_path / "BASE.csv").write_text(base, encoding="utf-8")
    (tmp_path / "RATES.csv").write_text(emptied, encoding="utf-8")
    report = tmp_path / "REPORT.csv"
    files = (
        "--base",
        tmp_path / "BASE.csv",
        "--assumptions",
        tmp_path / "RATES.csv",
        "-o",
        tmp_path / "OUT.csv",
    )
    done = sosei("population", "project", *files, "--to", "2030", "--report", report)
    assert "負になるため 0 にしました" in done.stderr
    assert "全部で 36、" in done.stderr
    assert report.read_text(encoding="utf-8").count("\n") == 37


def test_the_last_step_is_held_on_request(base: str, rates: str, tmp_path: Path) -> None:
    (tmp_path / "BASE.csv").write_text(base, encoding="utf-8")
    (tmp_path / "RATES.csv").write_text(rates, encoding="utf-8")
    files = ("--base", tmp_path / "BASE.csv", "--assumptions", tmp_path / "RATES.csv", "--to", "2040")
    assert "2040年で終わる期間の仮定値がありません" in sosei("population", "project", *files, check=2).stderr
    held = sosei("population", "project", *files, "--extend").stdout
    assert "\n00001,2040,male,0," in held


@given(st.one_of(st.binary(max_size=200), st.text('0159,\n"-.e年maleft', max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    header, rates_header = (f"{','.join(columns)}\n".encode() for columns in (BASE_COLUMNS, COLUMNS))
    for text in (data, header + data):
        with contextlib.suppress(Problem):
            read_population(text, "BASE.csv")
    with contextlib.suppress(Problem):
        read_rates(rates_header + data, "RATES.csv", panel(1))
