"""Cases of TXT: what was done and what was not, other years, chapters."""

from __future__ import annotations

import json

from sosei.plan.model import Plan
from sosei.plan.reading import load_data
from sosei.plan.writing import dump_plan
from tests.checks.build import kpi, project_kpi
from tests.checks.case import Case, fires, quiet
from tests.checks.told import told


def _zero(text: str, name: str, actual: str = "0件") -> Plan:
    return told(text, project_kpi(name, actual))


def _unsettled(text: str) -> Plan:
    """A value of 0 that a joint reading put here, and nobody has confirmed which it is."""
    data = json.loads(dump_plan(_zero(text, "災害協定の締結数")))
    place = f"{data['indicators'][0]['observations'][0]['key']}.quantity"
    options = [{"cells": [{"place": place, "text": each}]} for each in ("0件", "19件")]
    return load_data({**data, "joint_readings": [{"chosen": 0, "options": options}]})


OUTCOMES = [
    fires(
        "TXT04",
        "agreements made",
        lambda: _zero("協定を企業や他の自治体と結び、連携に努めた。", "災害協定の締結数"),
        "結び",
    ),
    fires(
        "TXT04",
        "people hired",
        lambda: _zero("職員の採用はあるものの、周知に取り組む。", "雇用創出数", "0人"),
        "採用",
    ),
    fires(
        "TXT04",
        "why stands in another clause",
        lambda: _zero("物資を円滑に届けるため、企業と協定を締結し、体制を整えた。", "災害協定の締結数"),
        "協定を締結し",
    ),
    fires(
        "TXT04",
        "a value of a joint reading that is not settled",
        lambda: _unsettled("企業と協定を締結した。"),
        "協定を締結した",
    ),
    quiet(
        "TXT04",
        "tied in a plan",
        lambda: _zero("企業と災害時の協定を結び、訓練を行う予定である。", "災害協定の締結数"),
    ),
    quiet(
        "TXT04",
        "needed, in its own clause",
        lambda: _zero("企業と協定を締結したいため、協議を進めた。", "災害協定の締結数"),
    ),
    quiet(
        "TXT04",
        "the year before, in another clause",
        lambda: _zero("前年度は、企業と協定を締結し、体制を整えた。", "災害協定の締結数"),
    ),
    fires("TXT04", "a firm came", lambda: _zero("食品企業が立地した。", "企業誘致件数"), "立地した"),
    quiet("TXT04", "an activity is no result", lambda: _zero("企業への誘致活動を実施した。", "企業誘致件数")),
    quiet(
        "TXT04", "it failed", lambda: _zero("女性農業者の認定には至らなかった。", "女性認定農業者数", "0人")
    ),
    quiet("TXT04", "said to be 0", lambda: _zero("新規従事者数は０人。", "女性従事者数", "0人")),
    quiet("TXT04", "those who took part", lambda: _zero("参加した企業を支援した。", "新規参加企業数", "0社")),
    quiet("TXT04", "a plan", lambda: _zero("協定を締結した場合に備え、検討する。", "災害協定の締結数")),
    quiet("TXT04", "not 0", lambda: _zero("協定を締結した。", "災害協定の締結数", "1件")),
    quiet("TXT04", "another thing", lambda: _zero("男性農業者が認定された。", "女性認定農業者数", "0人")),
    fires(
        "TXT05",
        "no seminar, but participants",
        lambda: told(
            "セミナーを開催できなかったものの、他のセミナーに参加された。", project_kpi("参加人数", "6")
        ),
        "開催できなかった",
    ),
    fires(
        "TXT05",
        "doctors not won",
        lambda: told(
            "要望書を提出したものの、産科医の確保には至らなかった。", project_kpi("産婦人科医師数", "2名")
        ),
        "2名",
        "産科医の確保には至らなかった",
    ),
    quiet(
        "TXT05",
        "one of several was not won",
        lambda: told("さらに医師の確保には至らなかった。", project_kpi("医師数", "2名")),
    ),
    quiet(
        "TXT05",
        "another thing failed",
        lambda: told("大きな取組ができなかったものの、最終合意に至った。", project_kpi("会員数", "451人")),
    ),
    quiet(
        "TXT05",
        "another event failed",
        lambda: told("交流会を開催できなかった。", project_kpi("農業セミナー参加者数", "6人")),
    ),
    quiet(
        "TXT05",
        "part of it failed",
        lambda: told("一部の講座を開催できなかった。", project_kpi("参加人数", "6人")),
    ),
    quiet(
        "TXT05",
        "the year before",
        lambda: told("前年度は開催できなかったが、本年度は開催した。", project_kpi("参加者数", "300人")),
    ),
    quiet(
        "TXT05",
        "another year",
        lambda: told("令和５年度は開催できなかったが、本年度は開催した。", project_kpi("参加者数", "300人")),
    ),
    quiet("TXT05", "it is 0", lambda: told("講座を開催できなかった。", project_kpi("参加人数", "0人"))),
    fires(
        "TXT10",
        "reached, but missed",
        lambda: told("目標を達成した。", kpi("相談件数", "46件", "80件", "75件")),
        "80件",
        "75件",
    ),
    fires(
        "TXT10",
        "missed, but reached",
        lambda: told("目標値を下回った。", kpi("相談件数", "46件", "80件", "95件")),
        "目標値を下回った",
        "95件",
    ),
    quiet("TXT10", "reached", lambda: told("目標を達成した。", kpi("相談件数", "46件", "80件", "80件"))),
    quiet(
        "TXT10",
        "not reached",
        lambda: told("目標を達成できなかった。", kpi("相談件数", "46件", "80件", "75件")),
    ),
    quiet("TXT10", "an aim", lambda: told("目標を達成したい。", kpi("相談件数", "46件", "80件", "75件"))),
    quiet(
        "TXT10",
        "somebody else's",
        lambda: told("目標を達成した団体を表彰した。", kpi("相談件数", "46件", "80件", "75件")),
    ),
    quiet(
        "TXT10",
        "one of two reached",
        lambda: told(
            "目標を達成した。",
            kpi("相談件数", "46件", "80件", "75件"),
            kpi("来館者数", "46人", "80人", "90人"),
        ),
    ),
]


SCOPE = [
    fires(
        "TXT07",
        "next year's fact",
        lambda: told("令和７年度については、消防士1人が所属している。"),
        "令和７年度",
    ),
    fires(
        "TXT07",
        "an opening after the year",
        lambda: told("令和７年７月の改装オープンを受け、活用を図る。"),
        "令和７年７月",
    ),
    fires(
        "TXT07",
        "a reason first, then the fact",
        lambda: told("令和７年度は担い手が足りないため、協力員として、隊員が2人活動している。"),
        "令和７年度",
    ),
    quiet(
        "TXT07",
        "a reason of next year for what was done",
        lambda: told("令和７年度は新しい課ができるため、令和６年度に職員研修を行った。"),
    ),
    quiet(
        "TXT07",
        "next year is the reason of what was done",
        lambda: told("令和７年度は国の補助が終わるため、独自に財源を確保した。"),
    ),
    quiet(
        "TXT07",
        "a plan behind a reason",
        lambda: told("令和７年度は担当となる者がいないため、他の課から1人を置く予定である。"),
    ),
    fires("TXT07", "only last year", lambda: told("令和５年度は7件の創業があった。"), "令和５年度"),
    quiet(
        "TXT07",
        "a plan",
        lambda: told("令和７年度中の完成に向け作業を進めた。令和７年度に開始する予定である。"),
    ),
    quiet("TXT07", "what is meant", lambda: told("令和7年度は回数を増やす。令和7年度予算に計上した。")),
    quiet("TXT07", "from next year on", lambda: told("令和７年度から新たな計画となる。")),
    quiet("TXT07", "still the year under review", lambda: told("研修会が令和7年2月に開かれた。")),
    quiet("TXT07", "a comparison", lambda: told("令和５年度の実績は7件で、令和６年度は9件に増えた。")),
    fires(
        "TXT08",
        "only primary schools",
        lambda: told("市内の小学校で開いた。", done="小中学校に向けて教室を開く。"),
        "小中学校",
        "小学校",
        "中学校",
    ),
    quiet(
        "TXT08", "both", lambda: told("小学校5校と中学校2校で開いた。", done="小中学校に向けて教室を開く。")
    ),
    quiet(
        "TXT08",
        "the same word",
        lambda: told("小・中学校で開き、小学校でも好評だった。", done="小中学校で教室を開く。"),
    ),
    quiet(
        "TXT08",
        "a school as a building",
        lambda: told("小学校の跡地も使いやすくなった。", done="小中学校に向けて教室を開く。"),
    ),
    quiet("TXT08", "neither", lambda: told("教室を開いた。", done="小中学校に向けて教室を開く。")),
]

CASES: list[Case] = [*OUTCOMES, *SCOPE]
