"""What Excel shows for a number in a format."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.formats.xlsx_formats import CellFormat
from sosei.formats.xlsx_numbers import exact
from sosei.formats.xlsx_styles import _BUILT_IN

ACCOUNTING = r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ '
WAREKI = '[$-411]ggge"年"m"月"d"日";@'
GANNEN = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@'


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("170", "170"),
        ("-170", "-170"),
        ("0.30000000000000004", "0.3"),
        ("0.1", "0.1"),
        ("7.7", "7.7"),
        ("7.6999999999999993", "7.7"),
        ("1234.5678901234", "1234.56789"),
        ("12345678901", "12345678901"),
        ("99999999999", "99999999999"),
        ("123456789012", "1.23457E+11"),
        ("99999999999.9", "1E+11"),
        ("100000000000", "1E+11"),
        ("1e+20", "1E+20"),
        ("0.0001", "0.0001"),
        ("0.00001", "0.00001"),
        ("0.00001234567", "1.23457E-05"),
        ("0.33333333333333331", "0.333333333"),
        ("66.666666666666671", "66.66666667"),
        ("0.99999999999", "1"),
        ("1E-9", "0.000000001"),
        ("1E-10", "1E-10"),
        ("-1.5e3", "-1500"),
    ],
)
def test_general(number: str, shown: str) -> None:
    value = exact(number)
    assert value is not None
    assert CellFormat("General").number(value) == shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("0.0762", "0.00%", "7.62%"),
        ("0.0762", "0%", "8%"),
        ("1.161", "0.0%", "116.1%"),
        ("170.5", "0", "171"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("0.285", "0.00", "0.29"),
        ("1.005", "0.00", "1.01"),
        ("1234567", "#,##0", "1,234,567"),
        ("0", "#,##0", "0"),
        ("0", "#,###", ""),
        ("1234.5", "#,###", "1,235"),
        ("-1234.56", "#,##0.0;△#,##0.0", "△1,234.6"),
        ("-1234.56", '#,##0.0;"△"#,##0.0', "△1,234.6"),
        ("-5", "#,##0;[Red]▲#,##0", "▲5"),
        ("-5", '0;[赤]"▲ "0', "▲ 5"),
        ("-5", "0_ ;[Red]-0 ", "-5"),
        ("-1234.5", "#,##0.0_);(#,##0.0)", "(1,234.5)"),
        ("1234", ACCOUNTING, "1,234"),
        ("-1234", ACCOUNTING, "-1,234"),
        ("0", ACCOUNTING, "-"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("0", '0.0;-0.0;"なし"', "なし"),
        ("1234567", "#,##0,", "1,235"),
        ("1234567", '#,##0,"千円"', "1,235千円"),
        ("124155000000", '#,##0.0,,"百万円"', "124,155.0百万円"),
        ("170", '0"人"', "170人"),
        ("170", 'General"人"', "170人"),
        ("170", "G/標準", "170"),
        ("170", 'G/標準"人"', "170人"),
        ("12", r"\第0\回", "第12回"),
        ("-1500", '"¥"#,##0', "-¥1,500"),
        ("-1500", "[$¥-411]#,##0;[Red]-[$¥-411]#,##0", "-¥1,500"),
        ("1234567", "000-0000", "123-4567"),
        ("12345678", '0"億"0000"万"', "1234億5678万"),
        ("5", "000", "005"),
        ("5", "0,000", "0,005"),
        ("1.5", "#.##", "1.5"),
        ("1", "#.##", "1."),
        ("0.5", ".00", ".50"),
        ("0.5", "#.0", ".5"),
        ("1.5", "0.0?", "1.5"),
        ("1.25", "0.0?", "1.25"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.0E+00", "1.2E-04"),
        ("9.99", "0.0E+00", "1.0E+01"),
        ("12345.678", "##0.0E+0", "12.3E+3"),
        ("12000", "0E-0", "1E4"),
        ("3.25", "# ?/?", "3.25"),
        ("-3.25", "# ??/??", "-3.25"),
        ("0.1", "@", "0.1"),
        ("5", ";;;", ""),
        ("5", "0;;", "5"),
        ("-5", "0;;", ""),
        ("1500", '[>=1000]#,##0.0,"千";0', "1.5千"),
        ("999", '[>=1000]#,##0.0,"千";0', "999"),
        ("-5", '[>=1000]#,##0.0,"千";0', "-5"),
        ("-5", '[<0]"減"0;[>0]"増"0;0', "減5"),
        ("5", '[<0]"減"0;[>0]"増"0;0', "増5"),
        ("0", '[<0]"減"0;[>0]"増"0;0', "0"),
        ("-5", "[>=0]0;△0", "△5"),
        ("5", "+0;-0;0", "+5"),
        ("-0.3", "0;△0", "△0"),
        ("1234", "[DBNum3][$-411]0", "１２３４"),
        ("5", '0"a;b"', "5a;b"),
        ("5", "0[Color 5]", "5"),
        ("1e300", "0", "1" + "0" * 300),
    ],
)
def test_numbers(number: str, code: str, shown: str) -> None:
    value = exact(number)
    assert value is not None
    assert CellFormat(code).number(value) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        ("45413", "yyyy/m/d", "2024/5/1"),
        ("45413", "yyyy/mm/dd", "2024/05/01"),
        ("45413", "yy/m/d", "24/5/1"),
        ("45413", "m/d", "5/1"),
        ("45413", 'yyyy"年"m"月"', "2024年5月"),
        ("45413", 'yyyy"年度"', "2024年度"),
        ("45413", WAREKI, "令和6年5月1日"),
        ("43586", WAREKI, "令和1年5月1日"),
        ("43586", GANNEN, "令和元年5月1日"),
        ("43585", GANNEN, "平成31年4月30日"),
        ("45413", GANNEN, "令和6年5月1日"),
        ("45413", "[$-411]ge.m.d;@", "R6.5.1"),
        ("45413", "[$-411]gge", "令6"),
        ("45413", "[$-411]gee.mm.dd", "R06.05.01"),
        ("32515", "[$-411]ge.m.d", "S64.1.7"),
        ("45413", "m/d(aaa)", "5/1(水)"),
        ("45413", "aaaa", "水曜日"),
        ("45413", "ddd, d mmm yyyy", "Wed, 1 May 2024"),
        ("45413", "dddd mmmm", "Wednesday May"),
        ("45413.75", "yyyy/m/d h:mm", "2024/5/1 18:00"),
        ("0.52083333333333337", "h:mm", "12:30"),
        ("0.99999999", "h:mm:ss", "0:00:00"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("0", "h:mm AM/PM", "12:00 AM"),
        ("0.5", 'h"時"mm"分"', "12時00分"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.0625", "[m]", "90"),
        ("0.00001736111", "mm:ss.0", "00:01.5"),
        ("60", "yyyy/m/d", "1900/2/29"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("2958465", "yyyy/m/d", "9999/12/31"),
        ("2958466", "yyyy/m/d", None),
        ("-1", "yyyy/m/d", None),
    ],
)
def test_dates(serial: str, code: str, shown: str | None) -> None:
    assert CellFormat(code).number(Decimal(serial)) == shown


def test_dates_from_1904() -> None:
    assert CellFormat("yyyy/m/d", date1904=True).number(Decimal(43951)) == "2024/5/1"
    assert CellFormat("[h]:mm", date1904=True).number(Decimal("1.5")) == "36:00"


@pytest.mark.parametrize(
    ("identity", "number", "shown"),
    [
        (10, "0.0762", "7.62%"),
        (14, "45413", "2024/5/1"),
        (27, "45413", "R6.5.1"),
        (28, "45413", "令和6年5月1日"),
        (31, "45413", "2024年5月1日"),
        (34, "45413", "2024年5月"),
        (36, "45413", "R6.5.1"),
        (38, "-1234", "-1,234"),
        (41, "0", "-"),
        (50, "45413", "R6.5.1"),
        (55, "45413", "2024年5月"),
        (56, "45413", "5月1日"),
        (58, "45413", "令和6年5月1日"),
    ],
)
def test_formats_a_file_does_not_spell_out(identity: int, number: str, shown: str) -> None:
    assert CellFormat(_BUILT_IN[identity]).number(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", "市"),
        ("@", "市"),
        ('@"様"', "市様"),
        ('0;0;0;"「"@"」"', "「市」"),
        (";;;", ""),
        ("#,##0;△#,##0", "市"),
        (ACCOUNTING, "市"),
    ],
)
def test_texts(code: str, shown: str) -> None:
    assert CellFormat(code).text("市") == shown


@pytest.mark.parametrize(
    "written", ["NaN", "INF", "-inf", "1_000", "１０", "", "1e9999", "0x10", "1,000", "9" * 65]
)
def test_what_is_no_number(written: str) -> None:
    assert exact(written) is None


@given(
    st.text('0#?.,;:%E+-/_*\\"[]<>=@ymdhsgeaGeneral年△$41hm ', max_size=30),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12),
)
def test_no_format_fails(code: str, value: Decimal) -> None:
    """Whatever stands in a file, a number is shown or said to be no date."""
    shown = CellFormat(code).number(value)
    assert shown is None or isinstance(shown, str)
    assert isinstance(CellFormat(code).text("市"), str)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_general_is_close_and_short(number: float) -> None:
    value = exact(repr(number))
    assert value is not None
    shown = CellFormat("General").number(value)
    assert shown is not None
    assert len(shown.lstrip("-")) <= 12
    assert abs(Decimal(shown) - value) <= max(
        abs(value) * Decimal("5e-6"), Decimal("1e-9") if abs(value) >= Decimal("1e-4") else 0
    )
