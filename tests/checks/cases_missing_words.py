"""Cases of ABS22 and ABS23: promises that nothing takes up, counts that do not say of what stretch."""

from __future__ import annotations

from sosei.plan.model import Plan
from tests.checks.build import city, goal, kpi, measure, numeric_target, one
from tests.checks.case import fires, quiet


def _promise(
    *measures: str, name: str = "結婚・出産・子育ての希望をかなえる", target: str = "出生数"
) -> Plan:
    return city(
        goal(
            "基本目標3",
            name,
            description="結婚、出産、子育てを支えます。",
            targets=[numeric_target(target, "108人", "120人")],
            measures=[measure(f"No.{n}", words) for n, words in enumerate(measures, 1)],
        )
    )


CASES = [
    fires("ABS22", "no word of marriage", lambda: _promise("妊婦の健診", "保育の充実"), "結婚", year=None),
    quiet("ABS22", "by another word", lambda: _promise("妊婦の健診", "保育の充実", "出会いの場づくり")),
    quiet("ABS22", "a numeric target of the goal", lambda: _promise("妊婦の健診", "保育", target="婚姻件数")),
    quiet("ABS22", "a goal without anything below", _promise),
    quiet("ABS22", "no key word", lambda: _promise("道路の整備", name="住みよいまちをつくる")),
    fires(
        "ABS23",
        "shops opened",
        lambda: one(kpi("空き店舗への出店件数", "164件", "172件", source="")),
        "空き店舗への出店件数",
        "164件",
        year=None,
    ),
    fires(
        "ABS23",
        "with a bracket behind",
        lambda: one(kpi("公共交通利用者数(路線バス)", "71人", "78人", source="")),
        "公共交通利用者数(路線バス)",
    ),
    quiet("ABS23", "in a year", lambda: one(kpi("年間相談件数", "164件", "172件", source=""))),
    quiet("ABS23", "a period at the values", lambda: one(kpi("相談件数", "164件/年", "172件/年", source=""))),
    quiet(
        "ABS23",
        "known how it is counted",
        lambda: one(kpi("相談件数", "1件", "2件", counting="annual", source="")),
    ),
    quiet("ABS23", "a stock", lambda: one(kpi("利用登録者数", "164人", "172人", source=""))),
    quiet("ABS23", "values are observed", lambda: one(kpi("相談件数", "164件", "172件", "168件", source=""))),
]
