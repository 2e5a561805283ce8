"""Makes the manual's page of all rules of the review from their registry.

make docs
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from sosei.checks.finding import Severity
from sosei.checks.registry import Rule, rules

PAGE = Path(__file__).resolve().parents[1] / "docs/manual/点検の規則.md"
_HEAD = """# 点検の規則

`sosei check` と `sosei report review` が使う規則の一覧です（全{count}件）。使い方は[点検の使い方](点検の使い方.md)にあります。
この頁は規則の登録簿から `make docs` で作られます。手で直さないでください。

| 区分 | 意味 | 規則の数 |
|---|---|---|
"""
_SEVERITIES = {
    Severity.ERROR: "印字された値どうしが両立しない。一つでも残れば `sosei check` の終了コードは 1",
    Severity.WARNING: "原資料の確認か、担当課の判断が要る",
    Severity.INFO: "読み手が迷うか、誤解するおそれがある",
}


def rules_page() -> str:
    """The page as Markdown."""
    known = rules()
    lines = [
        f"| {severity.label.ja} | {meaning} | {sum(rule.severity is severity for rule in known)} |"
        for severity, meaning in _SEVERITIES.items()
    ]
    page = _HEAD.format(count=len(known)) + "\n".join(lines) + "\n"
    for family, members in groupby(known, key=lambda rule: rule.family):
        page += f"\n## {family.label.ja}（{family.value}）\n"
        page += "".join(_rule(rule) for rule in members)
    return page


def _rule(rule: Rule) -> str:
    return (
        f"\n### {rule.code}　{rule.title.ja}\n\n"
        f"- 区分: {rule.severity.label.ja}\n"
        f"- 例: {rule.case.ja}\n"
        f"- 理由: {rule.why.ja}\n"
        f"- 直し方: {rule.mend.ja}\n"
    )


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
    sys.exit(0)
