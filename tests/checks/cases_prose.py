"""Cases of TXT: texts against numbers."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, goal, key, kpi, measure, one, project, project_kpi
from tests.checks.case import Case, fires, quiet


def _told(evaluation: str, *kpis: Data, done: str = "事業を実施した。") -> Plan:
    """A project with these KPIs that reports this evaluation."""
    return city(
        goal(
            "基本目標1", measures=[measure("施策①", "振興", projects=[project(done, evaluation, kpis=kpis)])]
        )
    )


def _moved(evaluation: str, baseline: str, actual: str, name: str = "窓口の相談件数", **more: object) -> Plan:
    """A measure's KPI with a baseline, and its project's text."""
    row = kpi(name, baseline, "900件", actual, of="a", **more)  # type: ignore[arg-type]
    projects = [project("相談に応じた。", evaluation, kpis=[project_kpi(name, of="a")])]
    return city(goal("基本目標1", measures=[measure("施策①", "相談", kpis=[row], projects=projects)]))


def _guests(evaluation: str, actual: str = "170人", name: str = "農家民宿の宿泊者数") -> Plan:
    return _told(evaluation, project_kpi(name, actual))


FIGURES = [
    fires(
        "TXT01",
        "another number of guests",
        lambda: _guests("体験会に親子7組21人が参加した。"),
        "170人",
        "21人",
    ),
    fires("TXT01", "the KPI's own name", lambda: _guests("宿泊者は150人であった。"), "150人"),
    fires(
        "TXT01",
        "a composite cell",
        lambda: _guests("体験会に親子7組21人が参加した。", "イベント1回 宿泊者数 170人"),
        "21人",
        "170人",
    ),
    quiet("TXT01", "人 and 名 are one unit", lambda: _guests("宿泊者は170名であった。")),
    quiet(
        "TXT01",
        "part of a composite cell",
        lambda: _guests("夏は27人であった。", "49人（夏版27人 春版22人）"),
    ),
    quiet("TXT01", "two figures add up", lambda: _guests("国内は100人、海外は70人であった。")),
    quiet("TXT01", "labelled as another thing", lambda: _guests("協議会は会員21人で活動した。")),
    quiet("TXT01", "counted as another thing", lambda: _guests("説明会の申込が21人あった。")),
    quiet("TXT01", "an object of another kind", lambda: _guests("講師を2人招いた。")),
    quiet("TXT01", "another act", lambda: _told("3件成約した。", project_kpi("相談件数", "630件"))),
    fires(
        "TXT01",
        "the same act",
        lambda: _told("3件相談があった。", project_kpi("相談件数", "630件")),
        "3件",
        "630件",
    ),
    quiet(
        "TXT01",
        "new ones of a stock",
        lambda: _told("保育士5人を採用した。", project_kpi("保育士数", "45人")),
    ),
    quiet(
        "TXT01",
        "so much a head",
        lambda: _told("1人当たり2件まで補助した。", project_kpi("補助件数", "40件")),
    ),
    quiet(
        "TXT01",
        "others applied",
        lambda: _told("定員30人に45人の応募があった。", project_kpi("受講者数", "28人")),
    ),
    quiet("TXT01", "a change", lambda: _guests("前年度より21人増加した。21人の増となった。")),
    quiet("TXT01", "another fiscal year", lambda: _guests("令和５年度は21人が泊まった。")),
    quiet(
        "TXT01",
        "about the same",
        lambda: _told("寄付は約３億５千万円であった。", project_kpi("寄付金額", "3.5億円")),
    ),
    quiet("TXT01", "rounded", lambda: _told("集積率は約31％であった。", project_kpi("集積率", "31.2%"))),
    quiet(
        "TXT01",
        "so many times a month",
        lambda: _told("毎月2回行った。", project_kpi("情報提供回数", "24回")),
    ),
    quiet(
        "TXT01",
        "labelled in a list",
        lambda: _told("取り組んだ。", project_kpi("創業件数", "1件"), done="・創業相談件数・・・30件"),
    ),
    quiet(
        "TXT01",
        "the other KPI's figure",
        lambda: _told(
            "利用は162件あった。", project_kpi("利用件数", "162件"), project_kpi("入居企業数", "9件")
        ),
    ),
    quiet(
        "TXT01",
        "a running total",
        lambda: _told("2件を支援した。", project_kpi("支援累計件数", "13件", counting="cumulative")),
    ),
    fires(
        "TXT03",
        "a rise from a greater figure",
        lambda: _told(
            "来館者数は令和５年度の34,506人に比べ大幅に増加した。", project_kpi("資料館来館者数", "30,233人")
        ),
        "34,506人",
        "30,233人",
    ),
    fires(
        "TXT03",
        "a fall from a smaller figure",
        lambda: _told("来館者数は前年度の200人から減少した。", project_kpi("資料館来館者数", "300人")),
        "200人",
        "300人",
    ),
    quiet(
        "TXT03",
        "true",
        lambda: _told(
            "来館者数は令和５年度の34,506人に比べ大幅に増加した。", project_kpi("資料館来館者数", "60,233人")
        ),
    ),
    quiet(
        "TXT03",
        "of another thing",
        lambda: _told("講師は前年度の200人から減少した。", project_kpi("資料館来館者数", "300人")),
    ),
    quiet(
        "TXT03",
        "of something in the same house",
        lambda: _told("資料館の職員は前年度の20人から減少した。", project_kpi("資料館来館者数", "300人")),
    ),
    fires(
        "TXT09",
        "an outdated figure in a chapter",
        lambda: city(
            goal(
                "基本目標1",
                measures=[measure("施策①", "観光", kpis=[kpi("年間宿泊者数", "626,839人", "650,000人")])],
            ),
            chapters=[chapter("2", "現状", "本市の年間宿泊者数は620,000人である。")],
        ),
        "620,000人",
        "626,839人",
        year=None,
    ),
    quiet(
        "TXT09",
        "the baseline",
        lambda: city(
            goal(
                "基本目標1",
                measures=[measure("施策①", "観光", kpis=[kpi("年間宿泊者数", "626,839人", "650,000人")])],
            ),
            chapters=[
                chapter("2", "現状", "本市の年間宿泊者数は約63万人であり、年間宿泊者数は626,839人である。")
            ],
        ),
        year=None,
    ),
    quiet(
        "TXT09",
        "a year that the record does not have",
        lambda: one(
            kpi("年間宿泊者数", "626,839人", "650,000人"),
            description="平成26年度の年間宿泊者数は400,000人であった。",
        ),
        year=None,
    ),
    quiet(
        "TXT09",
        "a longer name",
        lambda: one(
            kpi("年間宿泊者数", "626,839人", "650,000人"),
            description="外国人年間宿泊者数は219,704人であった。",
        ),
        year=None,
    ),
    quiet(
        "TXT01",
        "what is left over",
        lambda: _told("新規は5件で、残る9件は増設である。", project_kpi("企業訪問件数", "486件")),
    ),
    quiet(
        "TXT01",
        "a sum of other things",
        lambda: _told(
            "会員は依頼会員412人、提供会員118人の計530人である。", project_kpi("養成講座の修了者数", "19人")
        ),
    ),
    quiet(
        "TXT01",
        "a word of the name as the end of another word",
        lambda: _told("登録児童は286人である。", project_kpi("放課後児童クラブの利用者数", "300人")),
    ),
    quiet(
        "TXT01",
        "nothing came about, and the text counts other things",
        lambda: _told("説明会には21人が参加した。", project_kpi("UIJターンによる就職者数", "0人")),
    ),
    quiet(
        "TXT01",
        "all years so far",
        lambda: _told("これまでに締結した協定は14件ある。", project_kpi("協定の締結数", "2件")),
    ),
    quiet(
        "TXT09",
        "a target of the closed plan",
        lambda: city(
            goal("基本目標1", measures=[measure("施策①", "雇用", kpis=[kpi("市内の就業者数", "21,350人")])]),
            verifications=[
                {
                    "key": key(),
                    "plan": "第1期総合戦略",
                    "goals": [
                        {
                            "key": key(),
                            "label": "基本目標1",
                            "name": "仕事",
                            "statements": [
                                {
                                    "key": key(),
                                    "text": "市内の就業者数を21,300人とする",
                                    "verdict": "達成",
                                    "reached": True,
                                }
                            ],
                        }
                    ],
                }
            ],
        ),
    ),
    quiet(
        "TXT01",
        "a minus that the text puts in words or signs",
        lambda: _told("転入超過数は▲18人となった。", project_kpi("転入超過数", "▲18人")),
    ),
]

MOVEMENTS = [
    fires(
        "TXT02",
        "fell, but rose",
        lambda: _moved(
            "個別の相談では件数が減少しているものの、回数も参加者も増えている。", "625件", "630件"
        ),
        "625件",
        "630件",
        "件数が減少している",
    ),
    fires(
        "TXT02",
        "rose, but fell",
        lambda: _moved("相談件数は前年度より大幅に増えた。", "80件", "46件"),
        "80件",
        "46件",
    ),
    fires(
        "TXT02",
        "against the year before",
        lambda: _moved("相談件数は前年度に比べて減った。", "900件", "80件", earlier={"R5": "46件"}),
        "46件",
        "80件",
    ),
    quiet(
        "TXT02", "true", lambda: _moved("対面での相談件数も増加しており、成果がみられた。", "46件", "75件")
    ),
    quiet(
        "TXT02",
        "an intention",
        lambda: _moved("相談件数の減少を図る。相談件数が減少するよう努める。", "46件", "75件"),
    ),
    quiet("TXT02", "a fear", lambda: _moved("相談件数が減少した場合に備える。", "46件", "75件")),
    quiet("TXT02", "denied", lambda: _moved("相談件数は減少していない。", "46件", "75件")),
    quiet("TXT02", "another thing", lambda: _moved("講座の参加者は減少した。", "46件", "75件")),
    quiet("TXT02", "part of it", lambda: _moved("電話による創業の相談件数は減少した。", "46件", "75件")),
    quiet("TXT02", "another year", lambda: _moved("令和３年度の相談件数は減少した。", "46件", "75件")),
    quiet(
        "TXT02",
        "both ways in one sentence",
        lambda: _moved("相談件数は減少したが、相談件数は増加した。", "46件", "75件"),
    ),
    quiet(
        "TXT02",
        "totals of unequal spans",
        lambda: _moved("相談件数は減少した。", "28件/3か年", "40件／１か年"),
    ),
    quiet(
        "TXT02",
        "last year, but the baseline is older",
        lambda: _moved("相談件数は前年度より減った。", "46件", "75件", years=("R2", "R9")),
    ),
    fires(
        "TXT06",
        "rises year by year, fell last year",
        lambda: _told(
            "年々増加傾向にある加入率だが、昨年度の実績との比較では約４％の低下という結果であった。",
            kpi("加入率", "20%", "30%"),
        ),
        "年々増加傾向",
    ),
    quiet(
        "TXT06",
        "rises in both",
        lambda: _told(
            "年々増加傾向にある加入率だが、昨年度の実績との比較では約４％の増加であった。",
            kpi("加入率", "20%", "30%"),
        ),
    ),
    quiet(
        "TXT06",
        "another thing fell",
        lambda: _told(
            "年々増加傾向にある加入率だが、昨年度は脱退者が減少した。", kpi("加入率", "20%", "30%")
        ),
    ),
    quiet(
        "TXT02",
        "of the whole prefecture",
        lambda: _moved(
            "県内全体では死者数が前年度より増加している。",
            "2人",
            "1人",
            "交通事故死者数",
            earlier={"R5": "2人"},
        ),
    ),
    fires(
        "TXT02",
        "of the prefecture itself",
        lambda: _moved(
            "県内の宿泊者数は前年度より増加している。",
            "20人",
            "10人",
            "県内の宿泊者数",
            earlier={"R5": "20人"},
        ),
        "増加している",
    ),
    quiet(
        "TXT02",
        "in some places only",
        lambda: _moved(
            "山際では被害額が増えているところもある。",
            "200万円",
            "100万円",
            "農作物の被害額",
            earlier={"R5": "200万円"},
        ),
    ),
    quiet(
        "TXT02",
        "a part of the name, and another thing",
        lambda: _moved(
            "19件を支援したが、前年度より起業の件数は減っている。",
            "14件",
            "19件",
            "起業支援件数",
            earlier={"R5": "14件"},
        ),
    ),
    quiet(
        "TXT02",
        "one side of a balance",
        lambda: _moved(
            "転入は前年より減少したが、転出も減った。",
            "▲32人",
            "▲18人",
            "転入超過数",
            earlier={"R5": "▲32人"},
        ),
    ),
    fires(
        "TXT02",
        "the thing itself",
        lambda: _moved(
            "起業支援の件数は減っている。", "14件", "19件", "起業支援件数", earlier={"R5": "14件"}
        ),
        "減っている",
    ),
]


def _zero(text: str, name: str, actual: str = "0件") -> Plan:
    return _told(text, project_kpi(name, actual))


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
        lambda: _told(
            "セミナーを開催できなかったものの、他のセミナーに参加された。", project_kpi("参加人数", "6")
        ),
        "開催できなかった",
    ),
    fires(
        "TXT05",
        "doctors not won",
        lambda: _told(
            "要望書を提出したものの、産科医の確保には至らなかった。", project_kpi("産婦人科医師数", "2名")
        ),
        "2名",
        "産科医の確保には至らなかった",
    ),
    quiet(
        "TXT05",
        "another thing failed",
        lambda: _told("大きな取組ができなかったものの、最終合意に至った。", project_kpi("会員数", "451人")),
    ),
    quiet(
        "TXT05",
        "another event failed",
        lambda: _told("交流会を開催できなかった。", project_kpi("農業セミナー参加者数", "6人")),
    ),
    quiet(
        "TXT05",
        "part of it failed",
        lambda: _told("一部の講座を開催できなかった。", project_kpi("参加人数", "6人")),
    ),
    quiet(
        "TXT05",
        "the year before",
        lambda: _told("前年度は開催できなかったが、本年度は開催した。", project_kpi("参加者数", "300人")),
    ),
    quiet(
        "TXT05",
        "another year",
        lambda: _told("令和５年度は開催できなかったが、本年度は開催した。", project_kpi("参加者数", "300人")),
    ),
    quiet("TXT05", "it is 0", lambda: _told("講座を開催できなかった。", project_kpi("参加人数", "0人"))),
    fires(
        "TXT10",
        "reached, but missed",
        lambda: _told("目標を達成した。", kpi("相談件数", "46件", "80件", "75件")),
        "80件",
        "75件",
    ),
    fires(
        "TXT10",
        "missed, but reached",
        lambda: _told("目標値を下回った。", kpi("相談件数", "46件", "80件", "95件")),
        "目標値を下回った",
        "95件",
    ),
    quiet("TXT10", "reached", lambda: _told("目標を達成した。", kpi("相談件数", "46件", "80件", "80件"))),
    quiet(
        "TXT10",
        "not reached",
        lambda: _told("目標を達成できなかった。", kpi("相談件数", "46件", "80件", "75件")),
    ),
    quiet("TXT10", "an aim", lambda: _told("目標を達成したい。", kpi("相談件数", "46件", "80件", "75件"))),
    quiet(
        "TXT10",
        "somebody else's",
        lambda: _told("目標を達成した団体を表彰した。", kpi("相談件数", "46件", "80件", "75件")),
    ),
    quiet(
        "TXT10",
        "one of two reached",
        lambda: _told(
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
        lambda: _told("令和７年度については、消防士1人が所属している。"),
        "令和７年度",
    ),
    fires(
        "TXT07",
        "an opening after the year",
        lambda: _told("令和７年７月の改装オープンを受け、活用を図る。"),
        "令和７年７月",
    ),
    fires("TXT07", "only last year", lambda: _told("令和５年度は7件の創業があった。"), "令和５年度"),
    quiet(
        "TXT07",
        "a plan",
        lambda: _told("令和７年度中の完成に向け作業を進めた。令和７年度に開始する予定である。"),
    ),
    quiet("TXT07", "what is meant", lambda: _told("令和7年度は回数を増やす。令和7年度予算に計上した。")),
    quiet("TXT07", "from next year on", lambda: _told("令和７年度から新たな計画となる。")),
    quiet("TXT07", "still the year under review", lambda: _told("研修会が令和7年2月に開かれた。")),
    quiet("TXT07", "a comparison", lambda: _told("令和５年度の実績は7件で、令和６年度は9件に増えた。")),
    fires(
        "TXT08",
        "only primary schools",
        lambda: _told("市内の小学校で開いた。", done="小中学校に向けて教室を開く。"),
        "小中学校",
        "小学校",
        "中学校",
    ),
    quiet(
        "TXT08", "both", lambda: _told("小学校5校と中学校2校で開いた。", done="小中学校に向けて教室を開く。")
    ),
    quiet(
        "TXT08",
        "the same word",
        lambda: _told("小・中学校で開き、小学校でも好評だった。", done="小中学校で教室を開く。"),
    ),
    quiet("TXT08", "neither", lambda: _told("教室を開いた。", done="小中学校に向けて教室を開く。")),
]

CASES: list[Case] = [*FIGURES, *MOVEMENTS, *OUTCOMES, *SCOPE]
