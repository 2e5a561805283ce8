"""Cases of SUM08: a count that is part of another by its name."""

from __future__ import annotations

from tests.checks.build import kpi, one
from tests.checks.case import fires, quiet

CASES = [
    fires(
        "SUM08",
        "more of one brand than of all",
        lambda: one(
            kpi("傘ブランド新商品開発数", "16件／年", "20件／年", "33件／年"),
            kpi("新商品開発数", actual="9件", role="project_kpi"),
        ),
        "傘ブランド新商品開発数",
        "33件／年",
        "新商品開発数",
        "9件",
    ),
    fires(
        "SUM08",
        "in the targets of a strategy",
        lambda: one(kpi("外国人宿泊者延べ人数", "1人", "90人"), kpi("宿泊者延べ人数", "1人", "80人")),
        "90人",
        "80人",
        year=None,
    ),
    quiet(
        "SUM08",
        "a part",
        lambda: one(kpi("傘ブランド新商品開発数", actual="7件"), kpi("新商品開発数", actual="9件")),
    ),
    quiet(
        "SUM08", "vague", lambda: one(kpi("防災訓練参加者数", actual="70人"), kpi("参加者数", actual="9人"))
    ),
    quiet(
        "SUM08",
        "short for that of another thing",
        lambda: one(kpi("子育てセンター利用者数", actual="70人"), kpi("センター利用者数", actual="9人")),
    ),
    quiet(
        "SUM08",
        "made wider",
        lambda: one(kpi("県内新商品開発数", actual="33件"), kpi("新商品開発数", actual="9件")),
    ),
    quiet(
        "SUM08",
        "another length of time",
        lambda: one(kpi("傘ブランド新商品開発数", actual="33件/4年"), kpi("新商品開発数", actual="9件")),
    ),
    quiet(
        "SUM08",
        "another unit",
        lambda: one(kpi("傘ブランド新商品開発数", actual="33点"), kpi("新商品開発数", actual="9件")),
    ),
]
