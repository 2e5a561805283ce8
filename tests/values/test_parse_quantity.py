"""What a printed value is read as, form by form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sosei.values import Column, Kind, PartRole, Per, Quantity, Reason, parse_quantity

N = PartRole


def word(quantity: Quantity) -> str:
    """A reading in one line: what differs from a bare number, in a fixed order."""
    number = "" if quantity.number is None else format(quantity.number, "f")
    said = {
        "label": quantity.label,
        "q": "+".join(quantity.qualifiers),
        "per": f"{quantity.per.count}{quantity.per.unit}" if quantity.per else "",
        "mark": quantity.mark,
        "year": quantity.year,
        "role": quantity.role or "",
        "bracketed": "yes" if quantity.bracketed else "",
    }
    return " ".join(
        [
            f"{number}|{quantity.scale}|{quantity.unit}",
            *(f"{name}={value}" for name, value in said.items() if value),
        ]
    )


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        # digits
        ("7.70%", "7.70||%"),
        ("１7０人", "170||人"),
        ("１，２３４", "1234||"),
        ("１２,３４５人", "12345||人"),
        ("12．5％", "12.5||％"),
        ("370", "370||"),
        ("10.82 日", "10.82||日"),
        ("935 g", "935||g"),
        # a true zero
        ("0", "0||"),
        ("０", "0||"),
        ("0件", "0||件"),
        ("0%", "0||%"),
        ("△0.0", "0.0||"),
        # scales
        ("2,812千円", "2812|千|円"),
        ("1万8740", "18740||"),
        ("1万8740人", "18740||人"),
        ("2万5千人", "2.5|万|人"),
        ("1,241億5,500万円", "1241.55|億|円"),
        ("約３億５千万円", "3.5|億|円 q=約"),
        ("5兆3,000億円", "5.3|兆|円"),
        ("5千万円", "5|千万|円"),
        ("23百万円", "23|百万|円"),
        ("5百人", "5|百|人"),
        ("1.5万人", "1.5|万|人"),
        ("3百貨店", "3||百貨店"),
        # signs
        ("△10人", "-10||人"),
        ("△ 10人", "-10||人"),
        ("▲3,703", "-3703||"),
        ("-147人", "-147||人"),
        ("−5", "-5||"),
        ("－5%", "-5||%"),
        ("ー5%", "-5||%"),
        ("＋5%", "5||%"),
        ("マイナス5%", "-5||%"),
        # qualifiers
        ("6.5%未満", "6.5||% q=未満"),
        ("100人以上", "100||人 q=以上"),
        ("80.0%以上", "80.0||% q=以上"),
        ("25人以下", "25||人 q=以下"),
        ("5位以内", "5||位 q=以内"),
        ("25,000人台", "25000||人 q=台"),
        ("25台", "25||台"),
        ("2屋台", "2||屋台"),
        ("約30件", "30||件 q=約"),
        ("契約120件", "120||件 label=契約"),
        ("契約 約120件", "120||件 label=契約 q=約"),
        ("延べ 5", "5|| q=延べ"),
        ("のべ120人", "120||人 q=延べ"),
        ("61人増加", "61||人 q=増加"),
        ("3%増", "3||% q=増加"),
        ("10%減", "10||% q=減少"),
        ("5人程度", "5||人 q=程度"),
        ("100%超", "100||% q=超"),
        ("0%未満", "0||% q=未満"),
        ("17,187人超", "17187||人 q=超"),
        ("120件(累計)", "120||件 q=累計"),
        ("累計120件", "120||件 q=累計"),
        ("1,020人（速報値）", "1020||人 q=速報"),
        ("1,020人(確定値)", "1020||人 q=確定"),
        ("1,020人(見込み)", "1020||人 q=見込"),
        ("推計23,550人", "23550||人 q=推計"),
        ("約10%以上増加", "10||% q=約+以上+増加"),
        # own period
        ("16件／年", "16||件 per=1年"),
        ("4件／4年", "4||件 per=4年"),
        ("36件／4か年", "36||件 per=4年"),
        ("17件／１か年", "17||件 per=1年"),
        ("28件/3か年", "28||件 per=3年"),
        ("10件/5ヶ年", "10||件 per=5年"),
        ("10件/5ヵ年", "10||件 per=5年"),
        ("10件/5カ年", "10||件 per=5年"),
        ("4件/4年間", "4||件 per=4年"),
        ("3回/年", "3||回 per=1年"),
        ("3回／月", "3||回 per=1月"),
        ("2回/週", "2||回 per=1週"),
        ("5人/日", "5||人 per=1日"),
        ("250人増加/4年", "250||人 q=増加 per=4年"),
        ("年3回", "3||回 per=1年"),
        ("月1回", "1||回 per=1月"),
        ("毎週2回以上", "2||回 q=以上 per=1週"),
        ("年間120件", "120||件 per=1年"),
        ("年間約30件", "30||件 q=約 per=1年"),
        ("36件（4年間）", "36||件 per=4年"),
        ("36件（4年間の累計）", "36||件 q=累計 per=4年"),
        # a slash that is no period
        ("20.3人／ha", "20.3||人／ha"),
        ("0.13人/km", "0.13||人/km"),
        ("43,069円/人", "43069||円/人"),
        ("1,000円/人・月", "1000||円/人・月"),
        # units
        ("120人（社）", "120||人（社）"),
        ("1,000㎥", "1000||㎥"),
        ("30t-CO2/年", "30||t-CO2 per=1年"),
        ("5m²", "5||m²"),
        ("5か所", "5||か所"),
        ("1.5ポイント", "1.5||ポイント"),
        ("5ヶ年", "5||ヶ年"),
        # labels
        ("1位", "1||位"),
        ("全国1位", "1||位 label=全国"),
        ("東北1位", "1||位 label=東北"),
        ("男性：80.5歳", "80.5||歳 label=男性"),
        # marks, years, brackets
        ("65.5億円(※)", "65.5|億|円 mark=(※)"),
        ("12件*", "12||件 mark=*"),
        ("30人※1", "30||人 mark=※1"),
        ("5件注1）", "5||件 mark=注1）"),
        ("受注3件", "3||件 label=受注"),
        ("※30人", "30||人 mark=※"),
        ("12件（H28）", "12||件 year=H28"),
        ("1,500件(2024年度)", "1500||件 year=2024年度"),
        ("（12.3%）", "12.3||% bracketed=yes"),
        ("(△10)", "-10|| bracketed=yes"),
        ("（\u300012件 ）", "12||件 bracketed=yes"),
    ],
)
def test_one_number(text: str, reading: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.kind is Kind.NUMBER
    assert word(quantity) == reading
    assert str(quantity) == text


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("5校 175名", None, ["5||校", "175||名"]),
        ("5 校 175 名", None, ["5||校", "175||名"]),
        (
            "49人（夏版27人 春版22人）",
            "49||人",
            ["49||人 role=total", "27||人 label=夏版 role=breakdown", "22||人 label=春版 role=breakdown"],
        ),
        (
            "50人（27人、23人）",
            "50||人",
            ["50||人 role=total", "27||人 role=breakdown", "23||人 role=breakdown"],
        ),
        ("50人（27人、22人）", None, ["50||人", "27||人", "22||人"]),
        (
            "120人（うち移住者30人）",
            "120||人",
            ["120||人 role=total", "30||人 label=うち移住者 role=breakdown"],
        ),
        ("120人（前年100人）", None, ["120||人", "100||人 label=前年"]),
        ("イベント１回 宿泊者数 １7０人", None, ["1||回 label=イベント", "170||人 label=宿泊者数"]),
        ("19(65)", "19||", ["19|| role=year", "65|| role=running_total"]),
        ("19件（累計65件）", "19||件", ["19||件 role=year", "65||件 q=累計 role=running_total"]),
        ("65(19)", None, ["65||", "19||"]),
        ("1,500(2024)", None, ["1500||", "2024||"]),
        ("200・4,000", None, ["200||", "4000||"]),
        ("200・4,000 回・人", None, ["200||回", "4000||人"]),
        ("男 80, 女 84", None, ["80|| label=男", "84|| label=女"]),
        ("男 80 女 84", None, ["80|| label=男", "84|| label=女"]),
        ("男性80人、女性84人", None, ["80||人 label=男性", "84||人 label=女性"]),
        ("男性80人・女性84人", None, ["80||人 label=男性", "84||人 label=女性"]),
        ("①120人②30人", None, ["120||人 label=①", "30||人 label=②"]),
        ("23.0% 34市町村", None, ["23.0||%", "34||市町村"]),
        ("5組10人", None, ["5||組", "10||人"]),
        ("3回(延べ120人)", None, ["3||回", "120||人 q=延べ"]),
    ],
)
def test_several_numbers(text: str, whole: str | None, parts: list[str]) -> None:
    quantity = parse_quantity(text)
    assert quantity.kind is Kind.COMPOSITE
    assert [word(part) for part in quantity.parts] == parts
    assert quantity.main == (None if whole is None else 0)
    assert (word(quantity) if whole else quantity.number) == whole
    assert str(quantity) == text


def test_parts_keep_their_own_text() -> None:
    quantity = parse_quantity("49人（夏版27人 春版22人）")
    assert [part.text for part in quantity.parts] == ["49人", "夏版27人", "春版22人"]
    assert quantity.main_part == quantity.parts[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("100～120人", ["100||人 role=from", "120||人 role=to"]),
        ("100人から120人", ["100||人 role=from", "120||人 role=to"]),
        ("100人から120人まで", ["100||人 role=from", "120||人 role=to"]),
        ("100-120人", ["100||人 role=from", "120||人 role=to"]),
        ("80%〜90%", ["80||% role=from", "90||% role=to"]),
        ("△10～△5人", ["-10||人 role=from", "-5||人 role=to"]),
        ("3～5万人", ["3|万|人 role=from", "5|万|人 role=to"]),
        ("5,000～1万人", ["5000||人 role=from", "1|万|人 role=to"]),
        ("100人以上120人未満", ["100||人 q=以上 role=from", "120||人 q=未満 role=to"]),
    ],
)
def test_ranges(text: str, parts: list[str]) -> None:
    quantity = parse_quantity(text)
    assert quantity.kind is Kind.RANGE
    assert quantity.number is None
    assert [word(part) for part in quantity.parts] == parts
    assert str(quantity) == text


@pytest.mark.parametrize(
    "text",
    [
        # words that are the value
        *("設置", "維持", "策定済", "増加", "前年より減少", "実績なし", "現状維持", "○"),
        # dates and years
        *(
            "令和8年度策定",
            "令和6年5月",
            "R8",
            "H30",
            "2024年",
            "2024年度",
            "2024/10/1",
            "2024-10-01",
            "2020-2025",
            "2020～2025",
        ),
        *("10月", "8月末", "4月～6月", "R2～R7", "令和2年～令和4年", "9時～17時", "小学1年", "令和元年"),
        # sentences
        *(
            "イベントを3回実施した。",
            "イベントを3回実施した",
            "3回実施",
            "1人当たり931g",
            "80%以上を維持",
            "5年間で120件",
        ),
        # names and ordinals
        *("施策3", "第3期", "CO2", "3番", "20代", "基本目標 1"),
        # nothing that is one number
        *(
            "1e5",
            "10²",
            "3/10",
            "10:30",
            "1,2345",
            "1 234人",
            "1、234人",
            "0120",
            "0967-22-3204",
            "100人～",
            "±3",
        ),
        *(
            "12%超過",
            "((12)",
            "1" + "人" * 70,
            "人" * 70 + " 1",
            "50人増減",
            "120人～100人",
            "10-15",
            "1億2.5万円",
            "1万20000",
            "- 5",
            "―5",
            "20人×3回",
            "年3回/年",
            *("千5百人", "三5人", "約千5百人", "千 5百人", "利用者数 千5百人", "千5百人～2千人"),
        ),
    ],
)
def test_what_is_in_doubt_stays_text(text: str) -> None:
    assert parse_quantity(text) == Quantity(text=text, kind=Kind.TEXT)


@pytest.mark.parametrize("text", ["68□", "6?件", "6？件", "�", "12�件", "3〓件", "〓3件"])
def test_damaged_values_give_no_number(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.kind is Kind.DAMAGED
    assert quantity.number is None
    assert "原本で確認" in quantity.note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("集計中", Reason.COUNTING),
        ("（調査中）", Reason.COUNTING),
        ("集計待ち", Reason.COUNTING),
        ("未集計", Reason.NOT_PUBLISHED),
        ("未公表", Reason.NOT_PUBLISHED),
        ("公表前", Reason.NOT_PUBLISHED),
        ("未確定", Reason.NOT_PUBLISHED),
        ("…", Reason.UNKNOWN),
        ("...", Reason.UNKNOWN),
        ("・・・", Reason.UNKNOWN),
        ("不明", Reason.UNKNOWN),
        ("***", Reason.UNKNOWN),
        ("＊＊＊", Reason.UNKNOWN),
        ("X", Reason.UNKNOWN),
        ("Ｎ", Reason.UNKNOWN),
        ("次年度以降", Reason.STARTS_LATER),
        ("次年度以降の取組", Reason.STARTS_LATER),
        ("未実施予定", Reason.STARTS_LATER),
        ("終了", Reason.ENDED),
        ("廃 止", Reason.ENDED),
        ("中止", Reason.ENDED),
        ("【休止】", Reason.ENDED),
        ("調査なし", Reason.NOT_MEASURED),
        ("未設定", Reason.NO_TARGET),
        ("設定なし", Reason.NO_TARGET),
    ],
)
@pytest.mark.parametrize("column", [None, *Column])
def test_words_for_no_value(text: str, reason: Reason, column: Column | None) -> None:
    quantity = parse_quantity(text, column=column)
    assert quantity.is_absent
    assert quantity.reason is reason
    assert str(quantity) == text


@pytest.mark.parametrize(
    ("column", "long", "short", "blank"),
    [
        (None, Reason.NO_BASELINE, Reason.NOT_MEASURED, Reason.NOT_DUE),
        (Column.BASELINE, Reason.NO_BASELINE, Reason.NO_BASELINE, Reason.NO_BASELINE),
        (Column.TARGET, Reason.NO_TARGET, Reason.NO_TARGET, Reason.NO_TARGET),
        (Column.ACTUAL, Reason.NOT_MEASURED, Reason.NOT_MEASURED, Reason.NOT_DUE),
        (Column.RATE, Reason.NOT_MEASURED, Reason.NOT_MEASURED, Reason.NOT_DUE),
    ],
)
def test_dashes_and_blanks(column: Column | None, long: Reason, short: Reason, blank: Reason) -> None:
    for reason, texts in {
        long: ["―", "—", "─", "――", " ― "],
        short: ["-", "－", "ー", "−", "‐", "–", "--", "(-)", "（ー）", "-※1"],
        blank: ["", " ", "\u3000", "\n", "\u200b", "（\u3000）"],
    }.items():
        for text in texts:
            quantity = parse_quantity(text, column=column)
            assert (quantity.reason, str(quantity)) == (reason, text)


def test_a_bracketed_dash_with_a_mark() -> None:
    assert parse_quantity("(-)").bracketed
    assert parse_quantity("-※1").mark == "※1"


def test_the_period_keeps_its_printed_words() -> None:
    assert parse_quantity("36件／４か年").per == Per(text="／４か年", count=4, unit="年")
    assert parse_quantity("年間120件").per == Per(text="年間", count=1, unit="年")


@pytest.mark.parametrize("text", ["1" * 29, "0." + "1" * 28])
def test_a_number_no_sum_could_hold_exactly_stays_text(text: str) -> None:
    assert parse_quantity(text).kind is Kind.TEXT


def test_the_longest_number_is_exact() -> None:
    assert parse_quantity("9" * 28 + "人").number == Decimal("9" * 28)


@pytest.mark.parametrize(
    "text", ["1," * 500_000, "（" * 1_000_000, "1人 " * 300_000, "ー" * 1_000_000, "年" * 1_000_000]
)
def test_a_cell_of_a_megabyte_is_prose(text: str) -> None:
    assert parse_quantity(text) == Quantity(text=text, kind=Kind.TEXT)


def test_a_blank_of_a_megabyte_is_blank() -> None:
    assert parse_quantity(" " * 1_000_000).reason is Reason.NOT_DUE
