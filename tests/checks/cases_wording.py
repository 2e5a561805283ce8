"""Cases of EDT: notes on terms, slips, spellings, widths, style."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import Data, chapter, city, goal, key, kpi, measure, one, project
from tests.checks.case import fires, quiet


def _text(*paragraphs: str) -> Plan:
    return city(goal("基本目標1"), chapters=[chapter("1", "はじめに", *paragraphs)])


def _cells(*texts: str) -> Plan:
    return city(
        goal("基本目標1", measures=[measure("施策①", "暮らし", projects=[project(text) for text in texts])])
    )


def _note(term: str, at: str = "", text: str = "説明。", **more: str) -> Data:
    anchors = [{"at": at, "field": "description"}] if at else []
    return {
        "key": key(),
        "kind": "term",
        "mark": "※",
        "term": term,
        "text": {"text": text},
        "anchors": anchors,
        **more,
    }


def _with_note(first: str, second: str, term: str) -> Plan:
    hung = key()
    return city(
        goal("基本目標1", "仕事をつくる", description=first),
        goal(
            "基本目標2",
            "流れをつくる",
            measures=[{**measure("No.9", "魅力の発信", description=second), "key": hung}],
        ),
        notes=[_note(term, hung)],
    )


def _with_direction(noted: str) -> Plan:
    """A direction of the first goal uses a term; the note hangs at a measure of ``noted``."""
    hung = key()
    direction = {"level": "direction", "label": "(1)", "name": "関係人口の拡大"}
    measures = [{**measure("No.9", "魅力の発信", description="関係人口を増やします。"), "key": hung}]
    goals = [
        goal(
            label,
            f"{label}の名前",
            measures=[direction] * (label == "基本目標1") + measures * (label == noted),
        )
        for label in ("基本目標1", "基本目標2")
    ]
    levels = [
        {"code": code, "name": code, "kind": code} for code in ("goal", "direction", "measure", "project")
    ]
    return city(*goals, levels=levels, notes=[_note("関係人口", hung)])


def _noted(*notes: Data, name: str = "魅力の発信") -> Plan:
    first = "k000000000"
    return city({**goal("基本目標1", name, description="有収率を高める。"), "key": first}, notes=notes)


_AT = "k000000000"

CASES = [
    fires(
        "EDT06",
        "used by an earlier goal",
        lambda: _with_note("関係人口を増やします。", "関係人口の仕組みをつくります。", "関係人口"),
        "関係人口",
        "基本目標1",
        "No.9",
    ),
    quiet(
        "EDT06",
        "another word that holds it",
        lambda: _with_note(
            "クロスコンプライアンスを進めます。", "コンプライアンスを守ります。", "コンプライアンス"
        ),
    ),
    quiet("EDT06", "a direction of the same goal", lambda: _with_direction("基本目標1")),
    fires(
        "EDT06",
        "a direction of another goal",
        lambda: _with_direction("基本目標2"),
        "関係人口",
        "基本目標1",
        "No.9",
    ),
    quiet(
        "EDT06",
        "first used there",
        lambda: _with_note("定住を進めます。", "関係人口を増やします。", "関係人口"),
    ),
    fires(
        "EDT07",
        "two explanations",
        lambda: _noted(_note("有収率", _AT), _note("有 収率", _AT, "別。")),
        "有収率",
    ),
    quiet("EDT07", "two terms", lambda: _noted(_note("有収率", _AT), _note("有収水量", _AT))),
    fires("EDT08", "one of two", lambda: _noted(_note("有収率", _AT), _note("木育")), "木育"),
    quiet("EDT08", "no note has a place in this record", lambda: _noted(_note("有収率"), _note("木育"))),
    fires(
        "EDT09", "a name", lambda: one(kpi("森林環境譲与税*の活用", "1件", "2件")), "森林環境譲与税*の活用"
    ),
    fires("EDT09", "a value", lambda: one(kpi("産出額", "65.5億円(※)", "66億円")), "65.5億円(※)"),
    quiet("EDT09", "its note is there", lambda: _noted(_note("譲与税", _AT), name="譲与税*の活用")),
    quiet("EDT09", "a remark inside the name", lambda: one(kpi("観光客数（※国内のみ）", "1人", "2人"))),
    fires(
        "EDT16", "an official term", lambda: _text("重要業績評価指数を定める。"), "重要業績評価指数", "指標"
    ),
    fires(
        "EDT16",
        "wrong conversions",
        lambda: _text(
            "「つかう目線」を選考させるため、民間物件の照会に取り組む。情報ほらるの育成に務めた。周知を努める。",
            "食品種類商社との商談会。リモートセンシング (航空法) 技術を用いる。",
        ),
        "を選考させ",
        "物件の照会に取り組",
        "情報ほらる",
        "育成に務め",
        "周知を努め",
        "食品種類",
        "リモートセンシング (航空法)",
    ),
    fires(
        "EDT16",
        "letters too many or missing",
        lambda: _text(
            "埋めることができが、件数は減った。引き継いでいくためのに、進めた。交流の促進するために行う。",
            "支援・サービス提供体。多傷病者の事故。Disaster Medical Assistant Team。一役を担う施設。",
        ),
        "ことができが、",
        "ためのに",
        "交流の促進するため",
        "提供体",
        "多傷病者",
        "Disaster Medical Assistant",
        "一役を担",
    ),
    fires(
        "EDT16",
        "sense",
        lambda: _text(
            "地域住民によるニーズを捉える。各年4月1日～3月31日の値。広報公聴活動と、探求的な学びを進める。",
            "未婚化・晩婚化や出産年齢の上昇等に起因する有配偶出生率の低下が原因である。",
        ),
        "住民によるニーズ",
        "各年4月1日～3月31日",
        "広報広聴",
        "探求的な学び",
        "有配偶出生率",
    ),
    quiet(
        "EDT16",
        "right uses of the same words",
        lambda: _text(
            "委員会に取組を選考させる。候補者を選考させていただく。作物のできが、よかった。物件を照会する。",
            "航空法に基づき、リモートセンシングを行う。Disaster Medical Assistance Team。提供体制、情報提供体験。",
            "多数傷病者、一人一役を担う。住民によるニーズ調査。議長に務めてもらう。確保に努める。",
            "ためのにぎわいづくり。国の推進するため池の整備。食品の種類。各年4月1日～翌年3月31日。情報モラルを育む。",
            "未婚化による有配偶率の低下と、有配偶出生率の低下。",
        ),
    ),
    fires("EDT16", "a homophone", lambda: _text("農業経営への助成の主体的な参画を図る。"), "女性"),
    fires("EDT16", "a doubled particle", lambda: _text("周知徹底をを図りたい。"), "をを"),
    quiet(
        "EDT16",
        "right uses",
        lambda: _text(
            "公聴会を開き、助成の活用を図り、受験率を高める。",
            "なにに使うか、減少したものの令和5年度は増え、各課は月ごとに報告する。広報公聴課が担う。",
            "約30人が参加し、10人程度が残った。女性金メダリストの講演。さらに選考した。",
        ),
    ),
    fires(
        "EDT17",
        "voicing",
        lambda: _text("ヒットビズ", "ヒットビズの相談", "ヒットビスの支援"),
        "ヒットビス",
        "ヒットビズ",
    ),
    fires(
        "EDT17",
        "a long vowel",
        lambda: _text("コーディネーター", "コーディネーター", "コーディネータ"),
        "コーディネータ",
    ),
    fires("EDT17", "capitals", lambda: _text("IoTとIoT", "IOTを用いる。"), "IOT"),
    quiet("EDT17", "two real words", lambda: _text("シルバーパスとシルバーパス", "シルバーバスの運行")),
    quiet("EDT17", "as often one as the other", lambda: _text("ヒットビズ", "ヒットビス")),
    fires("EDT18", "寄附 and 寄付", lambda: _text("寄附が増えた。", "寄付金を募る。"), "寄附", "寄付"),
    quiet(
        "EDT18",
        "verbs and names of laws",
        lambda: _text(
            "取組を進め、地域ごとに取り組み、空き家を空家等対策計画により除却する。",
            "子どもをこども家庭庁の方針で支え、障がい者を障害者総合支援法により支える。",
        ),
    ),
    fires(
        "EDT11",
        "years",
        lambda: _text("令和６年度と令和６年度", "令和6年度"),
        "令和6年度",
        "令和６年度",
    ),
    fires(
        "EDT11",
        "what was counted, where the example is only one of many",
        lambda: _text("令和６年度と令和５年度", "令和6年度と令和4年度と令和3年度"),
        "令和６年度",
        "令和6年度",
    ),
    fires(
        "EDT11",
        "labels",
        lambda: city(goal("基本目標１"), goal("基本目標2", "流れ")),
        "基本目標１",
        "基本目標2",
    ),
    quiet("EDT11", "one digit full width, more half width", lambda: _text("令和６年度", "令和10年度")),
    quiet("EDT11", "one width throughout", lambda: _text("令和６年度と令和１０年度", "５％", "ＫＰＩ")),
    fires(
        "EDT19",
        "one polite cell",
        lambda: _cells(*["周知を図った。"] * 5, "相談に応じました。"),
        "相談に応じました",
    ),
    fires(
        "EDT19",
        "both in one cell",
        lambda: _cells("質問があった。関心の高さが感じられました。"),
        "感じられました",
    ),
    quiet("EDT19", "half and half", lambda: _cells(*["図った。"] * 3, *["図りました。"] * 3)),
    quiet(
        "EDT19",
        "nouns and quotations",
        lambda: _cells(*["周知を図った。"] * 5, "研修を実施。", "「やります」を合言葉とした。"),
    ),
    fires("EDT20", "one short year", lambda: _text("令和5年度と令和６年度", "R4年度策定の計画"), "R4年度"),
    quiet("EDT20", "short throughout", lambda: _text("R5年度とR6年度", "R4年度策定の計画")),
    quiet("EDT20", "a road's number", lambda: _text("令和5年度と令和６年度", "路線R4を整備")),
    fires(
        "EDT22",
        "from a year to a fiscal year",
        lambda: _text("令和２年～令和４年度の累計"),
        "令和２年～令和４年度",
    ),
    quiet("EDT22", "fiscal years", lambda: _text("令和２年度～令和４年度の累計、令和2年から令和4年まで")),
    quiet("EDT22", "a month", lambda: _text("令和２年度から令和4年3月まで、令和2年4月から令和4年度末まで")),
]
