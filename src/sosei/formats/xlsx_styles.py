"""The number format of each cell style, from a workbook's styles part."""

from __future__ import annotations

from sosei.formats.xlsx_guard import Handlers, Package, damaged

GENERAL = "General"
_LONGEST_CODE = 255  # Excel's own limit
_MOST_CODES = 5_000  # Excel writes some hundreds
_MOST_STYLES = 65_490  # Excel's own limit

_YEN = '"¥"'
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: f"{_YEN}#,##0;{_YEN}\\-#,##0",
    6: f"{_YEN}#,##0;{_YEN}\\-#,##0",
    7: f"{_YEN}#,##0.00;{_YEN}\\-#,##0.00",
    8: f"{_YEN}#,##0.00;{_YEN}\\-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: "[$-411]ge.m.d",
    28: '[$-411]ggge"年"m"月"d"日"',
    29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"',
    36: "[$-411]ge.m.d",
    37: "#,##0;\\-#,##0",
    38: "#,##0;\\-#,##0",
    39: "#,##0.00;\\-#,##0.00",
    40: "#,##0.00;\\-#,##0.00",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: f'_ {_YEN}* #,##0_ ;_ {_YEN}* \\-#,##0_ ;_ {_YEN}* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: f'_ {_YEN}* #,##0.00_ ;_ {_YEN}* \\-#,##0.00_ ;_ {_YEN}* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: "[$-411]ge.m.d",
    51: '[$-411]ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: "[$-411]ge.m.d",
    58: '[$-411]ggge"年"m"月"d"日"',
}
"""What the numbers of the formats mean that a file does not spell out, in a Japanese Excel (ECMA-376 18.8.30)."""


def read_styles(package: Package, part: str) -> list[str]:
    """The format code of each cell style, in the order cells refer to them."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            numbers.append(_number(attributes.get("numFmtId")))
        if len(own) > _MOST_CODES or len(numbers) > _MOST_STYLES:
            raise damaged()

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    package.read(part, Handlers(start, end))
    return [_code(number, own) for number in numbers]


def _code(number: int, own: dict[int, str]) -> str:
    code = own.get(number) or _BUILT_IN.get(number, GENERAL)
    return code if len(code) <= _LONGEST_CODE else GENERAL


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
