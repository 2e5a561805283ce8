"""The lists of a plan that have a page of their own: what they are called, what belongs there, an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sosei.checks.finding import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PartKind:
    """A list of the plan: its title, what belongs there, an example for who begins with nothing, and the
    section of the manual that explains it.
    """

    title: Words
    lead: Words
    example: Words
    help: str = ""


def _kind(
    title: tuple[str, str], lead: tuple[str, str], example: tuple[str, str], manual: str = ""
) -> PartKind:
    place = f"計画の書き方#{manual}" if manual else ""
    return PartKind(title=Words(*title), lead=Words(*lead), example=Words(*example), help=place)


PARTS: Mapping[str, PartKind] = {
    "chapters": _kind(
        ("章・本文", "Chapters"),
        (
            "基本目標と施策のほかに計画書に載る文章を、章と節に分けて書きます。",
            "The text that the plan prints besides its goals and measures, in chapters and sections.",
        ),
        ("第1章　計画策定の趣旨、第2章　人口の現状", "第1章 計画策定の趣旨, 第2章 人口の現状"),
        "章と本文",
    ),
    "references": _kind(
        ("関係する法令・計画", "Related laws and plans"),
        (
            "この計画の根拠となる法律、上位計画、国や県の総合戦略などを、引用した版とともに書きます。",
            "The laws, higher plans and strategies of state and prefecture that the plan names, in their editions.",
        ),
        (
            "まち・ひと・しごと創生法（根拠）、第6次総合計画（上位計画）",
            "まち・ひと・しごと創生法 (basis), 第6次総合計画 (upper plan)",
        ),
        "関係する計画",
    ),
    "predecessors": _kind(
        ("前期の計画", "Earlier plans"),
        (
            "この計画の前の期の総合戦略を、期ごとに書きます。",
            "The strategies of the periods before this one, one for each.",
        ),
        ("第2期総合戦略（令和2年度～令和6年度）", "第2期総合戦略 (令和2年度～令和6年度)"),
        "関係する計画",
    ),
    "verifications": _kind(
        ("前期の検証", "Review of the last period"),
        (
            "前の期の目標をどこまで達成したか、目標ごとの判定とKPIの件数、要因を書きます。",
            "How far the goals of the last period were reached: verdicts, counts of KPIs, causes.",
        ),
        (
            "第2期総合戦略の検証：基本目標1　未達成、KPI　4項目/11項目（36.3%）",
            "第2期総合戦略: 基本目標1 未達成, KPI 4項目/11項目 (36.3%)",
        ),
        "前期の検証",
    ),
    "population": _kind(
        ("人口の現状", "Population"),
        (
            "計画書に書く人口の数値を、統計の名称、時点、出典とともに1件ずつ書きます。",
            "Each figure on the population that the plan states, with its statistic, date and source.",
        ),
        (
            "総人口　23,953人　令和7年8月末　住民基本台帳",
            "総人口, 23,953人, 令和7年8月末, 住民基本台帳",
        ),
        "人口",
    ),
    "projections": _kind(
        ("将来推計人口", "Population projections"),
        (
            "将来の人口の推計を、推計の方法ごとに書きます。途中の年の値が分からないときは空けておきます。",
            "Projections of the population, one for each method; a year whose value is not known is left empty.",
        ),
        ("社人研推計準拠　令和7年～令和52年　5年ごと", "社人研推計準拠, 令和7年 to 令和52年, every 5 years"),
        "人口",
    ),
    "notes": _kind(
        ("注", "Notes"),
        (
            "用語の説明（用語注）と数値の断り書き（値の注）を、付ける語とともに書きます。",
            "Explanations of terms and remarks on values, with the words they hang on.",
        ),
        (
            "※ スマート農業　ロボットや情報通信技術を使う農業",
            "※ スマート農業: farming with robots and information technology",
        ),
        "注",
    ),
    "councils": _kind(
        ("検証会議", "Councils"),
        (
            "計画の効果を検証する会議の名称、構成、検証の進め方（PDCA）を書きます。",
            "The council that verifies the plan: its name, who sits in it, and the cycle it works in.",
        ),
        (
            "総合戦略推進会議　産業、行政、教育、金融、労働、報道",
            "総合戦略推進会議: industry, offices, schools, banks",
        ),
    ),
    "divisions": _kind(
        ("担当課", "Divisions"),
        (
            "計画に出てくる担当課を、策定したときの名称で書きます。組織を改めたあとも、策定済みの計画の名称は変わりません。",
            "The divisions that the plan names, as they are called when it is adopted.",
        ),
        ("企画課、商工観光課、福祉課", "企画課, 商工観光課, 福祉課"),
        "担当課",
    ),
    "sources": _kind(
        ("出典", "Sources"),
        (
            "この計画のデータをどの資料から起こしたかを書きます。",
            "The documents from which this record of the plan was made.",
        ),
        ("第3期総合戦略（令和7年3月、PDF）", "第3期総合戦略 (令和7年3月, PDF)"),
    ),
    "reports": _kind(
        ("事業進捗報告", "Progress reports"),
        (
            "年度ごとに公表する進捗報告の見出しと、表に並ぶ年度を書きます。",
            "The heads of the yearly reports, and the years that their tables show.",
        ),
        ("令和6年度 事業進捗報告", "令和6年度 事業進捗報告"),
    ),
    "editions": _kind(
        ("版", "Editions"),
        (
            "以前に策定した版の番号、策定日、改訂の理由です。新しい版は「策定」のときに加わります。",
            "The editions adopted before, with their dates and reasons; adopting adds the next one.",
        ),
        ("第1版　令和7年3月　策定", "Edition 1, 令和7年3月"),
    ),
    "opinions": _kind(
        ("意見", "Opinions"),
        (
            "委員や住民の意見と、それに対する市の考え方を書きます。",
            "What members of the council and residents said, and what was answered.",
        ),
        (
            "委員（サンプル）：相談窓口を増やしてほしい　→　2か所に増やします",
            "Member (サンプル): more counters, please; answer: there will be two",
        ),
        "意見募集",
    ),
    "errata": _kind(
        ("正誤", "Errata"),
        (
            "公表したあとで見つかった誤りを、どこの何をどう直したかとして書きます。",
            "What was found wrong after publication: where, what it said, what is right.",
        ),
        ("施策①のKPI　目標値　誤 200件　正 250件", "施策①, target: 200件 should be 250件"),
    ),
    "waivers": _kind(
        ("点検の除外", "Waivers of the review"),
        (
            "点検の指摘のうち、この計画では直さないと決めたものを、その理由とともに書きます。理由は計画に残ります。",
            "Findings of the review that this plan leaves as they are, and why; the reason stays in the plan.",
        ),
        (
            "TWN01　国の統計の名称をそのまま使うため",
            "TWN01: the statistic's own name is kept",
        ),
    ),
}
