"""Cases of EDT: years in two calendars, marks and brackets, blanks, numbers, names."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, goal, kpi, measure, one
from tests.checks.case import fires, quiet


def _text(*paragraphs: str) -> Plan:
    return city(goal("基本目標1"), chapters=[chapter("1", "はじめに", *paragraphs)])


def _goals(*names: str, **fields: Any) -> Plan:
    return city(*(goal(f"基本目標{at}", name) for at, name in enumerate(names, 1)), **fields)


def _labels(*labels: str) -> Plan:
    return city(
        goal("基本目標1", measures=[measure(label, f"施策の{at}") for at, label in enumerate(labels)])
    )


def _line(title: str, level: int = 2, page: int = 1, as_read: str = "") -> Data:
    return {"title": title, "level": level, "page": page, **({"as_read": as_read} if as_read else {})}


CASES = [
    fires(
        "EDT01", "calendar years", lambda: _text("令和6年(2025年)に策定しました。"), "令和6年(2025年)", "2024"
    ),
    fires("EDT01", "in a goal's name", lambda: _goals("平成31年度（2020年度）からの仕事づくり"), "2019"),
    fires("EDT01", "Western year first", lambda: _text("2023年（令和6年）の調査"), "2023年（令和6年）"),
    quiet("EDT01", "the first year of an era", lambda: _text("令和元年度(2019年度)と平成31年(2019年)4月")),
    quiet("EDT01", "two era years side by side", lambda: _text("令和6年度（令和5年度）の実績")),
    quiet("EDT01", "both calendars agree", lambda: _text("令和6（2024）年度と2025年（令和7年）2月")),
    fires(
        "EDT02",
        "a chapter's title",
        lambda: _goals(
            "人の流れをつくる", chapters=[chapter("3", "基本目標1　新しいひとの流れを作る", "本文。")]
        ),
        "人の流れをつくる",
        "新しいひとの流れを作る",
    ),
    fires(
        "EDT02",
        "a measure in the contents",
        lambda: city(
            goal("基本目標1", "仕事をつくる", measures=[measure("施策①", "商工業の振興")]),
            contents=[_line("基本目標1 仕事をつくる"), _line("施策① 商工業の復興", 3)],
        ),
        "商工業の振興",
        "商工業の復興",
    ),
    fires(
        "EDT02",
        "quoted in a text",
        lambda: _goals(
            "人の流れをつくる", chapters=[chapter("1", "序", "基本目標１「人の流れを作る」を掲げる。")]
        ),
        "人の流れを作る",
    ),
    quiet(
        "EDT02",
        "quoted from the plan before",
        lambda: _goals(
            "人の流れをつくる", chapters=[chapter("1", "序", "第2期の基本目標1「人の流れを作る」")]
        ),
    ),
    quiet(
        "EDT02",
        "numbered and dotted contents",
        lambda: _goals("人の流れをつくる", contents=[_line("1. 基本目標１「人の流れをつくる」………… 5")]),
    ),
    quiet(
        "EDT02",
        "what belongs to a goal",
        lambda: _goals("人の流れをつくる", contents=[_line("基本目標1の数値目標と施策")]),
    ),
    quiet(
        "EDT02",
        "the closed period",
        lambda: _goals(
            "人の流れをつくる",
            chapters=[
                chapter("2", "第2期の検証", sections=[chapter("1", "基本目標1 新しいひとの流れを作る")])
            ],
        ),
    ),
    fires("EDT03", "two goals", lambda: _goals("仕事をつくる", "仕事を つくる"), "基本目標1", "基本目標2"),
    fires(
        "EDT03",
        "two measures of one goal",
        lambda: city(
            goal("基本目標1", measures=[measure("①", "商業{}の振興"), measure("②", "商業{}の振興")])
        ),
        "商業{}の振興",
    ),
    quiet(
        "EDT03",
        "measures of two goals",
        lambda: city(
            goal("基本目標1", "仕事", measures=[measure("①", "人材の育成")]),
            goal("基本目標2", "流れ", measures=[measure("①", "人材の育成")]),
        ),
    ),
    quiet(
        "EDT03",
        "a repeated measure that says so",
        lambda: city(goal("1", measures=[measure("①", "人材の育成"), measure("②", "人材の育成（再掲）")])),
    ),
    fires("EDT04", "a gap", lambda: _labels("施策①", "施策②", "施策④"), "施策②→施策④"),
    fires("EDT04", "twice", lambda: _labels("No.1", "No.2", "No.2", "No.4"), "No.2→No.2"),
    fires("EDT04", "wrong order", lambda: _labels("1-1", "1-3", "1-2", "1-4"), "1-3→1-2"),
    fires("EDT04", "a Roman gap", lambda: _labels("Ⅰ", "Ⅱ", "Ⅳ"), "Ⅱ→Ⅳ"),
    quiet("EDT04", "beginning elsewhere", lambda: _labels("施策⑥", "施策⑦", "施策⑧")),
    quiet("EDT04", "from ⑨ to ⑩ and in both widths", lambda: _labels("(8)", "（９）", "(10)")),
    quiet("EDT04", "codes", lambda: _labels("SDGs 3", "SDGs 8", "SDGs 11")),
    quiet(
        "EDT04",
        "measures of two goals",
        lambda: city(
            goal("1", measures=[measure("①", "甲")]), goal("2", "流れ", measures=[measure("①", "乙")])
        ),
    ),
    fires(
        "EDT05",
        "as printed",
        lambda: _goals(
            "仕事をつくる",
            contents=[
                _line("1. 仕事をつくる"),
                _line("1-1. 基本的方向", 3, 11, "11\t1-1. 基本的方向"),
                _line("1-2. 施策", 3, 11, "11\t1 - 1. 施策"),
            ],
        ),
        "1-1",
        "1 - 1. 施策",
    ),
    fires(
        "EDT05",
        "a line that was restored",
        lambda: _goals(
            "仕事をつくる",
            contents=[
                _line("4. 地域"),
                _line("4-1. 基本的方向", 3, 11, "11\t4-1. 基本的方向"),
                _line("4-2. 施策", 3, 11, "11\t4 - 1."),
            ],
        ),
        "4-1",
        "4 - 1.",
    ),
    quiet(
        "EDT05",
        "numbers that begin anew in each chapter",
        lambda: _goals(
            "仕事をつくる",
            contents=[_line(t, 1) for t in ("第1章 序", "1. 趣旨", "2. 期間", "第2章 人口", "1. 現状")],
        ),
    ),
    quiet(
        "EDT05",
        "two lines read as one",
        lambda: _goals(
            "仕事をつくる",
            contents=[
                _line("4. 地域", 2, 9, "4. 地域 4-1. 方向"),
                _line("4-1. 方向", 3, 9, "4. 地域 4-1. 方向"),
            ],
        ),
    ),
    fires("EDT10", "a value", lambda: one(kpi("宿泊者数", "１7０人", "200人")), "１7０人"),
    fires("EDT10", "in a text", lambda: _text("宿泊者は2，３00人でした。"), "2，３00"),
    quiet("EDT10", "each number in its width", lambda: _text("第１章、２２団体、7組21人、１２，３４５円")),
    fires(
        "EDT12", "two widths in a name", lambda: one(kpi("指標（KPI)達成率", "5%", "9%")), "指標（KPI)達成率"
    ),
    fires(
        "EDT12", "never closed", lambda: _text("「緑の流域治水を進めました。"), "「緑の流域治水を進めました。"
    ),
    quiet(
        "EDT12",
        "list marks and nested brackets",
        lambda: _text(
            "1) 移住\n2） 定住\nア) 相談（窓口「移住」（市）を含む。）",
            "方法は次による。 a) 調査 b) 聞き取り",
        ),
    ),
    fires("EDT13", "behind a particle", lambda: _goals("子育ての 希望をかなえる"), "子育ての 希望をかなえる"),
    quiet("EDT13", "between two words", lambda: _goals("まちづくり 推進事業", "はじめに　計画の趣旨")),
    fires(
        "EDT14",
        "one with, the others without",
        lambda: one(kpi("取得日数", "10.82 日", "11.3日"), kpi("会員数", "10人", "20人")),
        "10.82 日",
    ),
    quiet(
        "EDT14", "all with a blank", lambda: one(kpi("日数", "1 日", "2 日"), kpi("会員数", "10 人", "20 人"))
    ),
    quiet(
        "EDT14",
        "two values in one cell",
        lambda: one(kpi("a", "5校 175名", "6校 180名"), kpi("b", "1人", "2人")),
    ),
    fires("EDT15", "two full stops", lambda: _text("研修を実施した。。"), "実施した。。"),
    quiet("EDT15", "an ellipsis", lambda: _text("相談件数・・・30件。", "検討中……。")),
    fires("EDT21", "a pasted book", lambda: _text("研修を実施した。" * 3000), "20,000字"),
    quiet("EDT21", "a long text", lambda: _text("研修を実施した。" * 2000)),
]
