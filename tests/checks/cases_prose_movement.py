"""Cases of TXT: movements that a text claims."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, project, project_kpi
from tests.checks.case import Case, fires, quiet
from tests.checks.told import told


def _moved(evaluation: str, baseline: str, actual: str, name: str = "窓口の相談件数", **more: object) -> Plan:
    """A measure's KPI with a baseline, and its project's text."""
    row = kpi(name, baseline, "900件", actual, of="a", **more)  # type: ignore[arg-type]
    projects = [project("相談に応じた。", evaluation, kpis=[project_kpi(name, of="a")])]
    return city(goal("基本目標1", measures=[measure("施策①", "相談", kpis=[row], projects=projects)]))


def _undated(evaluation: str) -> Plan:
    """As ``_moved`` from 46件 to 75件, but the baseline has no year."""
    row = kpi("窓口の相談件数", "46件", "900件", "75件", of="a")
    del row["baseline"]["year"]
    projects = [project("相談に応じた。", evaluation, kpis=[project_kpi("窓口の相談件数", of="a")])]
    return city(goal("基本目標1", measures=[measure("施策①", "相談", kpis=[row], projects=projects)]))


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
    fires(
        "TXT02",
        "one by one, but no part of it",
        lambda: _moved("個別の相談件数は減ったが、講座は好評だった。", "46件", "75件"),
        "46件",
        "75件",
    ),
    fires(
        "TXT02",
        "the comparison stands before the subject",
        lambda: _moved(
            "行事が増えたことにより前年度より相談者は減ったが、関心は高い。",
            "900人",
            "80人",
            "相談者数",
            earlier={"R5": "46人"},
        ),
        "46人",
        "80人",
    ),
    fires(
        "TXT02",
        "last year, but the baseline has no year",
        lambda: _undated("相談件数は前年度より減った。"),
        "46件",
        "75件",
    ),
    quiet("TXT02", "true of a baseline without year", lambda: _undated("相談件数は前年度より増えた。")),
    quiet(
        "TXT02",
        "one by one, where the KPI counts groups",
        lambda: _moved("個別の相談件数は減少している。", "46件", "75件", "団体の相談件数"),
    ),
    quiet("TXT02", "face to face only", lambda: _moved("対面での相談件数は減少した。", "46件", "75件")),
    quiet(
        "TXT02",
        "since a year, of another thing",
        lambda: _moved("令和５年度より始めた講座の相談件数は減少した。", "46件", "75件"),
    ),
    quiet(
        "TXT02",
        "against long ago",
        lambda: _moved("コロナ禍前に比べて相談件数は減少した。", "46件", "75件"),
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
        lambda: told(
            "年々増加傾向にある加入率だが、昨年度の実績との比較では約４％の低下という結果であった。",
            kpi("加入率", "20%", "30%"),
        ),
        "年々増加傾向",
    ),
    quiet(
        "TXT06",
        "rises in both",
        lambda: told(
            "年々増加傾向にある加入率だが、昨年度の実績との比較では約４％の増加であった。",
            kpi("加入率", "20%", "30%"),
        ),
    ),
    quiet(
        "TXT06",
        "another thing fell",
        lambda: told("年々増加傾向にある加入率だが、昨年度は脱退者が減少した。", kpi("加入率", "20%", "30%")),
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

CASES: list[Case] = [*MOVEMENTS]
