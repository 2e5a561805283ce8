"""Cases of TGT: yearly targets."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import kpi, label, one, quantity
from tests.checks.case import fires, quiet


def _plan(*path: tuple[str, str], target: str = "150件", **more: Any) -> Plan:
    row = kpi("相談件数", "100件", target, **more)
    row["placement"]["path"] = [{"year": label(year), "quantity": quantity(text)} for year, text in path]
    return one(row)


CASES = [
    fires("TGT06", "two targets for R9", lambda: _plan(("R8", "130件"), ("R9", "140件")), "140件", "150件"),
    quiet("TGT06", "the same target", lambda: _plan(("R8", "130件"), ("R9", "150件"))),
    quiet("TGT06", "the path ends before", lambda: _plan(("R7", "120件"), ("R8", "140件"))),
    quiet("TGT06", "a year's share of a sum", lambda: _plan(("R9", "40件／年"), target="150件／4年")),
    fires("TGT07", "falls back", lambda: _plan(("R7", "120件"), ("R8", "110件")), "120件", "110件"),
    fires(
        "TGT07", "beyond the final target", lambda: _plan(("R7", "120件"), ("R8", "160件")), "160件", "150件"
    ),
    fires(
        "TGT07",
        "rises where less is better",
        lambda: _plan(("R7", "80件"), ("R8", "90件"), target="70件", direction="lower"),
        "90件",
    ),
    quiet("TGT07", "given in another order", lambda: _plan(("R8", "130件"), ("R7", "120件"))),
    quiet("TGT07", "level for a year", lambda: _plan(("R7", "120件"), ("R8", "120件"))),
    quiet(
        "TGT07",
        "nobody knows the direction",
        lambda: _plan(("R7", "120件"), ("R8", "110件"), direction="undecided"),
    ),
    quiet("TGT07", "a year's share of a sum", lambda: _plan(("R8", "400件"), target="150件／4年")),
]
