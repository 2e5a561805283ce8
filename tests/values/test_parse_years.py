"""Years and moments: read, and printed again."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from sosei.values import (
    ERAS,
    Problem,
    When,
    YearKind,
    YearLabel,
    both_text,
    era_on,
    era_text,
    parse_fiscal_year_option,
    parse_span,
    parse_when,
    parse_year_label,
    western_text,
)


def fiscal(year: int, *, end: bool = False) -> When:
    return When(year=year, kind=YearKind.FISCAL, end=end)


def calendar(year: int, *, end: bool = False) -> When:
    return When(year=year, kind=YearKind.CALENDAR, end=end)


def unstated(year: int) -> When:
    return When(year=year)


def day(year: int, month: int, day: int | None = None, *, end: bool = False) -> When:
    return When(year=year, kind=YearKind.DATE, month=month, day=day, end=end)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("令和６年度", fiscal(2024)),
        ("R6", unstated(2024)),
        ("Ｒ６", unstated(2024)),
        ("R 6", unstated(2024)),
        ("令6", unstated(2024)),
        ("平成31年度", fiscal(2019)),
        ("令和元年度", fiscal(2019)),
        ("令和1年度", fiscal(2019)),
        ("平成31年", calendar(2019)),
        ("H31/R1", unstated(2019)),
        ("平成31年(令和元年)", calendar(2019)),
        ("2024", unstated(2024)),
        ("2024(R6)", unstated(2024)),
        ("2024年度", fiscal(2024)),
        ("令和6年度(2024年度)", fiscal(2024)),
        ("令和6(2024)年度", fiscal(2024)),
        ("2024年度（令和6年度）", fiscal(2024)),
        ("令和6年度末", fiscal(2024, end=True)),
        ("令和6年末", calendar(2024, end=True)),
        ("令和7年(2025年)8月末時点", day(2025, 8, end=True)),
        ("令和7年(2025年)9月", day(2025, 9)),
        ("昭和30年(1955年)", calendar(1955)),
        ("令和52年(2070年)", calendar(2070)),
        ("2025年", calendar(2025)),
        ("令和6年10月1日", day(2024, 10, 1)),
        ("令和6年10月1日現在", day(2024, 10, 1)),
        ("R6.10.1", day(2024, 10, 1)),
        ("R6.10", day(2024, 10)),
        ("H16.12.1", day(2004, 12, 1)),
        ("2024-10-01", day(2024, 10, 1)),
        ("2024/10/1", day(2024, 10, 1)),
        ("平成72年（2060年）", calendar(2060)),
        ("昭和64年", calendar(1989)),
        ("昭和64年1月7日", day(1989, 1, 7)),
        ("平成元年1月8日", day(1989, 1, 8)),
        ("明治45年7月30日", day(1912, 7, 30)),
        ("大正元年7月30日", day(1912, 7, 30)),
    ],
)
def test_parse_when(text: str, when: When) -> None:
    assert parse_when(text) == when


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "年度",
            "令和",
            "6",
            "1234",
            "設置",
            "令和0年",
            "昭和99年",
            "令和6年13月",
            "令和6年2月30日",
            "R6.13.1",
        ),
        *(
            "令和6年(2025年)",
            "H30/R1",
            "令和6年度(2025年度)",
            "昭和64年1月8日",
            "昭和64年度",
            "明治45年7月31日",
        ),
        *(
            "令和元年4月1日",
            "令和6年度3月",
            "令和6年10月1日末",
            "R6/7",
            "R6-10",
            "令和7年以降",
            "2024年頃",
            "令和6年(2024年",
        ),
        "令和６年度" * 100,
    ],
)
def test_what_names_no_year(text: str) -> None:
    assert parse_when(text) is None
    assert parse_year_label(text) == YearLabel(text=text)


@pytest.mark.parametrize(
    ("text", "when", "computed"),
    [
        ("令和６年度", fiscal(2024), None),
        ("Ｒ6実績", unstated(2024), None),
        ("Ｒ９実績", unstated(2027), None),
        ("基準値(R6)", unstated(2024), None),
        ("基準値(R 6)", unstated(2024), None),
        ("目標値(R10)", unstated(2028), None),
        ("目標値（令和11年度）", fiscal(2029), None),
        ("現状値：R6", unstated(2024), None),
        ("令和6年度実績値", fiscal(2024), None),
        ("令和6年度（見込み）", fiscal(2024), None),
        ("基準年度(R6)", unstated(2024), None),
        ("【R6】", unstated(2024), None),
        ("R 4 (R 6 計算)", unstated(2022), unstated(2024)),
        ("基準値(R 4) (R 6 計算)", unstated(2022), unstated(2024)),
        ("目標値(R 8) (R 10計算)", unstated(2026), unstated(2028)),
        ("令和4年度(2022年度)(令和6年度(2024年度)計算)", fiscal(2022), fiscal(2024)),
        ("実績値", None, None),
    ],
)
def test_parse_year_label(text: str, when: When | None, computed: When | None) -> None:
    label = parse_year_label(text)
    assert (label.when, label.computed, label.by_note) == (when, computed, None)
    assert str(label) == text


@pytest.mark.parametrize(
    ("text", "first", "last", "cumulative"),
    [
        ("令和２年～令和４年度の累計", calendar(2020), fiscal(2022), True),
        ("令和8年度(2026年度) ~ 令和11年度(2029年度)(4年間)", fiscal(2026), fiscal(2029), False),
        ("令和2年度(2020年度) ∼ 令和7年度(2025年度)(6年間)", fiscal(2020), fiscal(2025), False),
        ("R2~R7", unstated(2020), unstated(2025), False),
        ("R2ーR7", unstated(2020), unstated(2025), False),
        ("2020-2025年度", fiscal(2020), fiscal(2025), False),
        ("令和2～6年度", fiscal(2020), fiscal(2024), False),
        ("平成29～令和3年度", fiscal(2017), fiscal(2021), False),
        ("令和2年度から令和6年度まで", fiscal(2020), fiscal(2024), False),
        ("2025年までの5年間の累計", calendar(2021), calendar(2025), True),
        ("令和6年度からの4年間", fiscal(2024), fiscal(2027), False),
        ("令和2年度～令和6年度（5か年）の合計", fiscal(2020), fiscal(2024), True),
        ("令和2年4月1日～令和7年3月31日", day(2020, 4, 1), day(2025, 3, 31), False),
        ("令和2年度～R6", fiscal(2020), fiscal(2024), False),
        ("平成31年度～令和元年度", fiscal(2019), fiscal(2019), False),
    ],
)
def test_parse_span(text: str, first: When, last: When, cumulative: bool) -> None:
    span = parse_span(text)
    assert span is not None
    assert (span.first, span.last, span.cumulative, span.text) == (first, last, cumulative, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R6",
        "R6～R2",
        "5年間の累計",
        "R6-10",
        "R2～R4～R6",
        "令和2年～設置",
        "2020～25年度",
        "8月末までの2年間",
        "R2~" * 99,
    ],
)
def test_what_is_no_span(text: str) -> None:
    assert parse_span(text) is None


@pytest.mark.parametrize(
    ("when", "era", "short", "wide", "western", "both"),
    [
        (fiscal(2024), "令和6年度", "R6", "令和６年度", "2024年度", "令和6年度（2024年度）"),
        (fiscal(2029), "令和11年度", "R11", "令和11年度", "2029年度", "令和11年度（2029年度）"),
        (fiscal(2019), "令和元年度", "R1", "令和元年度", "2019年度", "令和元年度（2019年度）"),
        (fiscal(2018), "平成30年度", "H30", "平成30年度", "2018年度", "平成30年度（2018年度）"),
        (fiscal(1988), "昭和63年度", "S63", "昭和63年度", "1988年度", "昭和63年度（1988年度）"),
        (
            fiscal(2024, end=True),
            "令和6年度末",
            "R6末",
            "令和６年度末",
            "2024年度末",
            "令和6年度（2024年度）末",
        ),
        (calendar(2019), "令和元年", "R1", "令和元年", "2019年", "令和元年（2019年）"),
        (calendar(1989), "平成元年", "H1", "平成元年", "1989年", "平成元年（1989年）"),
        (unstated(2024), "R6", "R6", "R6", "2024", "R6（2024）"),
        (
            day(2024, 10, 1),
            "令和6年10月1日",
            "R6.10.1",
            "令和６年10月１日",
            "2024年10月1日",
            "令和6年（2024年）10月1日",
        ),
        (
            day(2025, 8, end=True),
            "令和7年8月末",
            "R7.8末",
            "令和７年８月末",
            "2025年8月末",
            "令和7年（2025年）8月末",
        ),
        (
            day(2019, 4, 30),
            "平成31年4月30日",
            "H31.4.30",
            "平成31年４月30日",
            "2019年4月30日",
            "平成31年（2019年）4月30日",
        ),
        (
            day(2019, 5, 1),
            "令和元年5月1日",
            "R1.5.1",
            "令和元年５月１日",
            "2019年5月1日",
            "令和元年（2019年）5月1日",
        ),
        (calendar(1850), "1850年", "1850年", "1850年", "1850年", "1850年"),
    ],
)
def test_printing(when: When, era: str, short: str, wide: str, western: str, both: str) -> None:
    assert era_text(when) == era
    assert era_text(when, short=True) == short
    assert era_text(when, wide=True) == wide
    assert western_text(when) == western
    assert both_text(when) == both


@pytest.mark.parametrize("text", ["R6", "r6", "Ｒ６", "2024", "令和6年度", "2024年度", "令和6年度(2024年度)"])
def test_the_fiscal_year_on_the_command_line(text: str) -> None:
    assert parse_fiscal_year_option(text) == fiscal(2024)


@pytest.mark.parametrize("text", ["", "6", "令和6年", "R6.10.1", "令和6年度末", "昭和99年度", "来年度"])
def test_no_fiscal_year_on_the_command_line(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_fiscal_year_option(text)
    assert text in caught.value.ja
    assert "R6、2024、令和6年度" in caught.value.ja
    assert "not a fiscal year" in caught.value.en


def test_a_note_corrects_the_year_of_a_label() -> None:
    assert YearLabel(text="基準値(R6)", when=unstated(2024), by_note=unstated(2023)).effective == unstated(
        2023
    )
    assert YearLabel(text="基準値(R6)", when=unstated(2024)).effective == unstated(2024)


def test_order_in_time() -> None:
    in_order = [
        *(
            "平成30年度",
            "平成31年4月1日",
            "令和元年度",
            "令和元年末",
            "令和2年1月",
            "令和2年",
            "令和2年3月末",
        ),
        *("令和2年度", "R2末", "令和3年度"),
    ]
    moments = [when for text in in_order if (when := parse_when(text))]
    assert len(moments) == len(in_order)
    assert sorted(set(moments), key=lambda when: when.sort_key) == moments


def test_eras_follow_each_other_without_a_gap() -> None:
    for before, after in pairwise(ERAS):
        assert (after.first - before.last).days in {0, 1}
        assert era_on(after.first) == after
        assert era_on(date.fromordinal(after.first.toordinal() - 1)) == before
    assert era_on(date(1868, 1, 24)) is None
