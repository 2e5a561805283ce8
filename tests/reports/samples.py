"""Contents of documents to print in tests: one city as it is, one as bad as it can be."""

from __future__ import annotations

from decimal import Decimal

from sosei.reports.charts import Comparison, Figure
from sosei.reports.content import (
    IndicatorRow,
    IndicatorTable,
    KpiList,
    KpiListGroup,
    KpiListRow,
    MeasureSection,
    ProgressReport,
    ProjectKpi,
    ProjectRow,
    ProjectTable,
)

YEARS = ("Ｒ6実績", "Ｒ7実績", "Ｒ8実績", "Ｒ9実績")
GOAL_HEADINGS = ("指標名", "基準値", "目標値", *YEARS, "達成率")
KPI_HEADINGS = ("重要業績評価指数（ＫＰＩ）", "基準値", "目標値", *YEARS, "達成率")
PROJECT_HEADINGS = ("取組内容", "KPI", *YEARS, "評価・課題", "担当課")
FOOTER = "数値、名称、担当課は公表資料のとおり。取組内容と評価・課題は要約であり、原文ではない。"

INJECTION = (
    '#panic("x") *太字* _斜_ $x^2$ @ref <label> \\ `code` = 見出し // 注 /* 注 */ [角] {波} ~ -- #include "a"'
)
NO_SPACE = "長い文字列を空白なしで続ける試験" * 125  # 2,000 characters
NO_SPACE_LATIN = "https://example.jp/" + "abcdefghij0123456789" * 100
MISSING = "髙﨑さんと葛󠄀城、か\u3099と𠮷田と😀"  # only the last two have no glyph in the bundled fonts
CONTROL = "前\x00中\x07後\x1b[31m赤\u200b\ufeff\r\n次の行\tタブ\x85終"


def row(name: str, baseline: str, target: str, first: str, rate: str, note: str = "") -> IndicatorRow:
    """An indicator with a value for the first of four years."""
    return IndicatorRow(
        name=name, baseline=baseline, target=target, actuals=(first, "", "", ""), rate=rate, note=note
    )


def kpi(name: str, first: str) -> ProjectKpi:
    """A project's KPI with a value for the first of four years."""
    return ProjectKpi(name=name, actuals=(first, "", "", ""))


def goal_table(*rows: IndicatorRow) -> IndicatorTable:
    """A goal's 数値目標."""
    return IndicatorTable(headings=GOAL_HEADINGS, rows=rows)


def kpi_table(*rows: IndicatorRow) -> IndicatorTable:
    """A measure's KPIs."""
    return IndicatorTable(headings=KPI_HEADINGS, rows=rows)


def project_table(*rows: ProjectRow) -> ProjectTable:
    """A measure's projects."""
    return ProjectTable(headings=PROJECT_HEADINGS, rows=rows)


def sample_progress() -> ProgressReport:
    """A progress report as a city prints it: two goals, three measures, every usual kind of cell."""
    return ProgressReport(
        title="事業進捗報告（令和６年度分）",
        municipality="若葉市",
        label="【資料２-②】",
        years=4,
        sections=(_work(), _farming(), _moving()),
        remarks=(
            "基本目標１ 施策① 「雇用創出数」の達成率は、公表資料では2％、再計算では1.6％である。",
            "基本目標２ 施策① 「空き家バンク登録件数」の達成率は、公表資料では70％、再計算では69.8％である。",
        ),
        footer=f"出典：若葉市「事業進捗報告（令和６年度分）」。{FOOTER}",
    )


def _work() -> MeasureSection:
    return MeasureSection(
        goal_label="基本目標１",
        goal_name="安心して働くことができる仕事をつくる",
        measure_label="施策①",
        measure_name="地域企業の生産性革命の実現",
        goal_targets=goal_table(
            row("納税者一人当たりの課税対象所得", "2,812千円", "2,953千円", "3,032千円", "103％"),
            row("市内総生産", "1,241億5,500万円", "1,300億円", "集計中", ""),
        ),
        kpis=kpi_table(
            row("経営支援システム利用者数", "―", "120人（社）", "180人（社）", "150％"),
            row("地域通貨利用者数", "12,763人", "13,300人", "15,465人", "116％"),
            row("地域通貨加盟店舗数", "106店舗", "150店舗", "111店舗", "74％"),
            row(
                "雇用創出数（令和２年～令和４年度の累計）",
                "61人増加",
                "250人増加/4年",
                "4人増加",
                "2％",
                note="再計算：1.6％",
            ),
        ),
        projects=project_table(
            ProjectRow(
                done="農作業における省力化や人材確保、負担軽減を目的に、スマート農業について検討を進める。",
                kpis=(kpi("経営支援システム利用者数", "180人（社）"),),
                evaluation="令和6年度、7戸の農家が水稲防除作業に共同利用するためのドローンを購入し、農作業にかかる負担の軽減が図られた。",
                divisions=("農業振興課",),
            ),
            ProjectRow(
                done=(
                    "果敢に挑む人材を支え、ビジネスが生まれる環境を整備して、地域の特色や強みを活かす「しごと」づくりを促進した。\n"
                    "・創業相談件数・・・30件（セミナー受講者等を含む）\n・創業支援施設への相談件数・・・44件"
                ),
                kpis=(kpi("創業件数", "5件"),),
                evaluation="コロナ禍と物価高騰の影響から、被災事業者は厳しい環境に置かれており、支援の強化に取り組む。",
                divisions=("商工観光課",),
            ),
            ProjectRow(
                done="雇用の場の早急な確保に向け、IT企業など多様な企業に対する誘致活動を実施した。",
                kpis=(kpi("企業誘致件数", "△1件"),),
                evaluation=(
                    "地場企業と接する機会を設け、地域におけるDX化の機会づくりにつなげる。求職ニーズの高い事務職について周知に努める。"
                    "サテライトオフィスに空室がなくなったことから、シェアオフィスや民間物件を対象に照会を進めることとする。"
                ),
                divisions=("商工観光課", "情報政策課"),
            ),
            ProjectRow(
                done="市内での消費を促すため、地域通貨の加盟店を増やし、行政ポイントの付与事業を7課18事業に広げた。",
                kpis=(
                    kpi("地域通貨利用者数", "15,465人"),
                    kpi("地域通貨加盟店舗数", "111店舗"),
                    kpi("参加者数（延べ、うち市外からの参加者数）", "延べ9組15人（うち新規3組5人）"),
                ),
                evaluation="加盟店舗数が伸び悩んでいるため、手数料の見直しを含めて検討する。",
                divisions=("商工観光課",),
            ),
            ProjectRow(
                done="奨励措置の周知を行った。",
                evaluation="４名分の雇用奨励金を交付した。",
                divisions=("商工観光課",),
            ),
        ),
    )


def _farming() -> MeasureSection:
    return MeasureSection(
        goal_label="基本目標１",
        goal_name="安心して働くことができる仕事をつくる",
        measure_label="施策②",
        measure_name="農林水産業の成長産業化",
        kpis=kpi_table(row("認定農業者数", "166人", "170人", "161人", "94.7％")),
        projects=project_table(
            ProjectRow(
                done="担い手の確保のため、就農相談会に出展し、研修生を受け入れた。" * 8,
                kpis=(kpi("新規就農者数", "3人"), kpi("研修生受入数", "2人")),
                evaluation="相談から就農に至る例が少なく、住居の確保とあわせた支援が課題である。" * 7,
                divisions=("農業振興課", "地域コミュニティ課"),
            ),
            ProjectRow(
                done="有害鳥獣の捕獲と防護柵の設置を進めた。",
                kpis=(kpi("有害鳥獣による農作物被害額", "1,412万7千円"),),
                divisions=("農林整備課",),
            ),
        ),
    )


def _moving() -> MeasureSection:
    return MeasureSection(
        goal_label="基本目標２",
        goal_name="地方とのつながりを築き、新しいひとの流れをつくる",
        measure_label="施策①",
        measure_name="地方移住の推進",
        goal_targets=goal_table(row("社会増減数", "△267人", "△150人", "△198人", "59.0％")),
        kpis=kpi_table(
            row("空き家バンク登録件数", "43件", "63件", "44件", "70％", note="再計算：69.8％"),
            row("移住相談件数（移住者数）", "120件（34人）", "150件（50人）", "138件（41人）", "92％"),
        ),
        projects=project_table(
            ProjectRow(
                done="首都圏の相談会に4回出展し、お試し住宅の利用を案内した。",
                kpis=(kpi("移住相談件数（移住者数）", "138件（41人）"),),
                evaluation="相談者の多くが子育て世帯であり、保育と住まいの情報をあわせて示す必要がある。",
                divisions=("秘書課", "地域コミュニティ課"),
            )
        ),
    )


def sample_kpi_list() -> KpiList:
    """A KPI list of two goals with two years of actuals, composite values and notes."""
    work, moving = (
        "基本目標１ 安心して働くことができる仕事をつくる",
        "基本目標２ 地方とのつながりを築き、新しいひとの流れをつくる",
    )
    return KpiList(
        title="ＫＰＩ一覧",
        municipality="若葉市",
        subtitle="令和６年度・令和７年度実績",
        years=("Ｒ6", "Ｒ7"),
        groups=(
            KpiListGroup(
                goal=work,
                rows=(
                    _kpi(
                        "数値目標", "課税対象所得", "2,812千円", "2,953千円", ("3,032千円", "集計中"), "103％"
                    ),
                ),
            ),
            KpiListGroup(
                goal=work,
                measure="施策① 地域企業の生産性革命の実現",
                rows=(
                    _kpi(
                        "KPI",
                        "地域通貨利用者数",
                        "12,763人",
                        "13,300人",
                        ("15,465人", "16,002人"),
                        "120％",
                        comparison=compared("12763", "16002", "13300"),
                    ),
                    _kpi(
                        "KPI",
                        "雇用創出数",
                        "61人増加",
                        "250人増加/4年",
                        ("4人増加", "9人増加"),
                        "4％",
                        notes=("基準値は令和２年～令和４年度の累計である。",),
                    ),
                    _kpi(
                        "KPI",
                        "参加者数（延べ、うち市外からの参加者数）",
                        "延べ6組10人（うち新規3組5人）",
                        "延べ12組20人",
                        ("延べ9組15人", "―"),
                        "",
                        notes=("達成率は求めない。", "令和７年度は開催していない。"),
                    ),
                ),
            ),
            KpiListGroup(
                goal=moving,
                rows=(_kpi("数値目標", "社会増減数", "△267人", "△150人", ("△198人", "△170人"), "82.9％"),),
            ),
            KpiListGroup(
                goal=moving,
                measure="施策① 地方移住の推進",
                rows=(
                    _kpi(
                        "KPI",
                        "有害鳥獣による農作物被害額",
                        "1,412万7千円",
                        "1,000万円以下",
                        ("1,250万円", "1,105万円"),
                        "74.6％",
                        comparison=compared("14127000", "11050000", "10000000", lower_is_better=True),
                    ),
                ),
            ),
        ),
        footer=f"出典：若葉市「総合戦略」。{FOOTER}",
    )


def compared(baseline: str, actual: str, target: str, *, lower_is_better: bool = False) -> Comparison:
    """A row's chart from plain numbers."""
    return Comparison(
        title="比較",
        baseline=Figure(value=Decimal(baseline)),
        actual=Figure(value=Decimal(actual)),
        target=Figure(value=Decimal(target)),
        lower_is_better=lower_is_better,
    )


def _kpi(
    role: str,
    name: str,
    baseline: str,
    target: str,
    actuals: tuple[str, ...],
    rate: str,
    *,
    notes: tuple[str, ...] = (),
    comparison: Comparison | None = None,
) -> KpiListRow:
    return KpiListRow(
        role=role,
        name=name,
        baseline=baseline,
        baseline_year="Ｒ4",
        target=target,
        target_year="Ｒ9",
        actuals=actuals,
        rate=rate,
        division="商工観光課" if role == "KPI" else "",
        comparison=comparison,
        notes=notes,
    )


def empty_progress() -> ProgressReport:
    """A report of a plan without any measure."""
    return ProgressReport(title="事業進捗報告（令和６年度分）", municipality="若葉市")


def hostile_progress() -> ProgressReport:
    """Everything a report must survive; ``section`` after section another evil."""
    return ProgressReport(
        title=f"進捗 {INJECTION}",
        municipality="\x00若葉市",
        label="【資料 #2】",
        years=4,
        sections=(
            _odd_headings(),
            MeasureSection(goal_label="", goal_name="", measure_label="施策②", measure_name="表がない施策"),
            MeasureSection(
                goal_label="基本目標１",
                goal_name=INJECTION,
                measure_label="施策③",
                measure_name="行がない表",
                kpis=kpi_table(),
                projects=project_table(),
            ),
            _long_cells(),
            _many_kpis(),
        ),
        remarks=(INJECTION, CONTROL, NO_SPACE),
        footer=f"{MISSING}{INJECTION}",
    )


def _odd_headings() -> MeasureSection:
    headings = (
        "",
        "基準\n値",
        "#目標値",
        "Ｒ6",
        "Ｒ6",
        "とても長い見出しが年の欄に入っている場合",
        "",
        "達\t成\x01率",
    )
    return MeasureSection(
        goal_label="基本目標１",
        goal_name=INJECTION,
        measure_label="施策①",
        measure_name=f"{MISSING}{CONTROL}",
        goal_targets=IndicatorTable(
            headings=headings,
            rows=(
                IndicatorRow(
                    name=INJECTION, baseline=CONTROL, target=MISSING, actuals=(), rate="", note=INJECTION
                ),
                IndicatorRow(name="", actuals=("1", "2", "3", "4")),
            ),
        ),
        projects=project_table(
            ProjectRow(
                done=INJECTION, kpis=(kpi(INJECTION, CONTROL),), evaluation=CONTROL, divisions=(MISSING,)
            ),
            ProjectRow(done=""),
            ProjectRow(done=f"一行目\n二行目\n{MISSING}"),
        ),
    )


def _long_cells() -> MeasureSection:
    return MeasureSection(
        goal_label="基本目標１",
        goal_name=NO_SPACE[:300],
        measure_label="施策④",
        measure_name=NO_SPACE_LATIN[:300],
        kpis=kpi_table(
            row(NO_SPACE, NO_SPACE[:200], NO_SPACE_LATIN[:200], "9" * 200, NO_SPACE[:100], NO_SPACE[:100])
        ),
        projects=project_table(
            ProjectRow(
                done=NO_SPACE,
                kpis=(kpi(NO_SPACE_LATIN, NO_SPACE), kpi("二つ目", "2")),
                evaluation=NO_SPACE_LATIN,
                divisions=(NO_SPACE[:200], NO_SPACE_LATIN[:200]),
            ),
            ProjectRow(done="長い行の次の行", kpis=(kpi("次の指標", "1"),), evaluation="終わり"),
        ),
    )


def _many_kpis() -> MeasureSection:
    names = [f"四十の指標のうち{number}番目" for number in range(1, 41)]
    return MeasureSection(
        goal_label="基本目標２",
        goal_name="指標の多い目標",
        measure_label="施策①",
        measure_name="指標の多い施策",
        kpis=kpi_table(
            *(row(name, f"{at}件", f"{at * 2}件", f"{at}件", "50％") for at, name in enumerate(names, 1))
        ),
        projects=project_table(
            ProjectRow(
                done="四十の指標を持つ一つの事業",
                kpis=tuple(kpi(name, f"{at}件") for at, name in enumerate(names, 1)),
                evaluation="指標が多い。",
                divisions=("総務課",),
            ),
            ProjectRow(done="最後の事業", evaluation="終わり", divisions=("総務課",)),
        ),
    )
