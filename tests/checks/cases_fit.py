"""Cases of TXT11: KPIs far from their measure."""

from __future__ import annotations

from tests.checks.build import city, goal, kpi, measure, one, project, project_kpi
from tests.checks.case import fires, quiet

_RIVERS = "計画的な河川維持管理整備を進め、災害時の安全確保を図ります。"

CASES = [
    fires(
        "TXT11",
        "bridges among rivers",
        lambda: one(kpi("補修済橋梁数", "37橋", "52橋"), name="河川施設の整備等", description=_RIVERS),
        "補修済橋梁数",
        "河川施設の整備等",
    ),
    fires(
        "TXT11",
        "check-ups for the joy of life",
        lambda: one(
            kpi("後期高齢者健康診査受診率", "25.8%", "30.0%"),
            name="高齢者の生きがいづくり",
            description="高齢者の就労・社会参加の場や機会を確保します。",
        ),
        "後期高齢者健康診査受診率",
    ),
    quiet(
        "TXT11",
        "bridges among roads",
        lambda: one(kpi("補修済橋梁数", "37橋", "52橋"), name="道路施設の長寿命化", description=_RIVERS),
    ),
    quiet("TXT11", "only a name", lambda: one(kpi("補修済橋梁数", "37橋", "52橋"), name="安全の確保")),
    quiet(
        "TXT11",
        "a project speaks of it",
        lambda: city(
            goal(
                "基本目標1",
                measures=[
                    measure(
                        "施策①",
                        "生きがいづくり",
                        kpis=[kpi("特定健診受診率", "40%", "50%", "45%", of="a")],
                        projects=[
                            project(
                                "健康教室を開いた。", "参加があった。", kpis=[project_kpi("受診率", of="a")]
                            )
                        ],
                    )
                ],
            )
        ),
    ),
    quiet(
        "TXT11",
        "no field of ours",
        lambda: one(kpi("商工会会員数", "747人", "757人"), name="商工業の振興", description=_RIVERS),
    ),
]
