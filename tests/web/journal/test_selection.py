"""Filters as people type them, and pages of a log that grows meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.web.journal.conftest import record_now

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 8, 30, 3, tzinfo=UTC)  # 12:00 in Japan
DAYS = [NOON + timedelta(days=day) for day in range(5)]  # 30, 31 August, 1, 2, 3 September
MIDNIGHT = datetime(2025, 8, 31, 15, tzinfo=UTC)  # 1 September 0:00 in Japan


@pytest.mark.parametrize(
    ("since", "until", "numbers"),
    [
        ("", "", [1, 2, 3, 4, 5]),
        ("令和7年9月1日", "", [3, 4, 5]),
        ("R7.9.1", "R7.9.2", [3, 4]),
        ("2025-09-01", "2025-09-01", [3]),
        ("２０２５－０９－０１", "", [3, 4, 5]),
        ("R7.9", "", [3, 4, 5]),
        ("", "令和7年8月", [1, 2]),
        ("令和7年度", "令和7年度", [1, 2, 3, 4, 5]),
        ("令和8年度", "", []),
        ("明治2年", "", [1, 2, 3, 4, 5]),
    ],
)
def test_dates_in_any_spelling(
    chain_of: Callable[..., Any], since: str, until: str, numbers: list[int]
) -> None:
    from sosei.web.journal.selection import Selection

    chain = chain_of("aso", at=DAYS)
    found = Selection(since=since, until=until)
    assert found.problems == {}
    assert sorted(found.among(chain).values_list("no", flat=True)) == numbers


def test_a_day_begins_at_midnight_in_japan(chain_of: Callable[..., Any]) -> None:
    from sosei.web.journal.selection import Selection

    chain = chain_of("aso", at=[MIDNIGHT - timedelta(microseconds=1), MIDNIGHT])
    assert Selection(since="2025-09-01").among(chain).get().no == 2
    assert Selection(until="2025-08-31").among(chain).get().no == 1


@pytest.mark.parametrize(
    ("since", "until", "field", "words"),
    [
        ("昨日", "", "since", "「昨日」を日付として読めません"),
        ("", "R7.2.30", "until", "「R7.2.30」を日付として読めません"),
        ("R7.9.2", "R7.9.1", "until", "「R7.9.1」は「R7.9.2」より前です"),
    ],
)
def test_dates_that_cannot_be_used(
    chain_of: Callable[..., Any], since: str, until: str, field: str, words: str
) -> None:
    from sosei.web.journal.selection import Selection

    found = Selection(since=since, until=until)
    assert words in found.problems[field].ja
    assert found.among(chain_of("aso", 3)).count() == 0


def test_person_action_and_subject(
    chain_of: Callable[..., Any], cities: dict[str, Any], officer: Callable[[str], Any]
) -> None:
    from sosei.web.journal.selection import Selection

    chain, actor = chain_of("aso", 2), officer("aso")
    record_now(actor, "plan.adopted", "第3期 100% 総合戦略")
    for asked in ({"who": "officer-432148"}, {"action": "plan.adopted"}, {"subject": "100%"}):
        assert Selection.of(asked).among(chain).get().no == 3
    assert Selection.of({"who": "officer", "subject": "件目"}).among(chain).count() == 0
    assert Selection.of({"who": "\x00コマンド "}).among(chain).count() == 2


def test_pages_lead_to_every_act_and_back(
    chain_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sosei.web.journal import selection
    from sosei.web.people.actor import command_line

    monkeypatch.setattr(selection, "PAGE", 3)
    chain = chain_of("aso", 8)
    acts = chain.acts.all()

    def page(**asked: str) -> tuple[list[int], int | None, int | None]:
        found = selection.page_of(acts, asked)
        return [act.no for act in found.acts], found.newer, found.older

    assert page() == ([8, 7, 6], None, 6)
    record_now(command_line(chain.municipality), "plan.loaded")
    assert page(before="6") == ([5, 4, 3], 5, 3)
    assert page(before="3") == ([2, 1], 2, None)
    assert page(after="2") == ([5, 4, 3], 5, 3)
    assert page(after="5") == ([8, 7, 6], 8, 6)
    assert page(after="8") == ([9], None, 9)
    assert page(before="x" * 20) == page(after="9" * 20) == page()
    assert page(before="1") == ([], None, None)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", []),
        ("", '{"edition": 1, "title": "策定"}', [("版", "", "1"), ("題名", "", "策定")]),
        (
            '{"role": "clerk", "division": ""}',
            '{"role": "head"}',
            [("役割", "clerk", "head"), ("担当課", "（空）", "")],
        ),
        ("null", '"totp"', [("内容", "", "totp")]),
        ("", "[]", [("内容", "", "（空）")]),
        ("", '{"by": ["password", "mfa"]}', [("方法", "", "password、mfa")]),
        (
            "",
            json.dumps(
                '{"key": "k1", "op": "set", "field": "name", "old": null, "new": "人口", "reason": ""}'
            ),
            [("名称", "（なし）", "人口"), ("変更の種類", "", "値を変える"), ("記録のキー", "", "k1")],
        ),
        (
            "",
            '{"op": "move", "key": "k1", "old": {"parent": "a"}, "to": {"parent": "b"}, "reason": "統合"}',
            [
                ("場所 › 上の記録", "a", "b"),
                ("変更の種類", "", "記録を移す"),
                ("記録のキー", "", "k1"),
                ("理由", "", "統合"),
            ],
        ),
        (
            "",
            '{"op": "add", "record": {"name": "移住"}, "to": {"after": null}}',
            [
                ("変更の種類", "", "記録を加える"),
                ("記録 › 名前", "", "移住"),
                ("場所 › 次の記録の後", "", "（なし）"),
            ],
        ),
        (
            "",
            '{"op": "remove", "record": {"name": "移住"}, "old": {"parent": "a"}}',
            [
                ("記録 › 名前", "移住", ""),
                ("場所 › 上の記録", "a", ""),
                ("変更の種類", "", "記録を取り除く"),
            ],
        ),
        ("", '"{no json"', [("内容", "", "{no json")]),
        ("", '[{"a": 1}, {"a": true}]', [("1 › a", "", "1"), ("2 › a", "", "はい")]),
    ],
)
def test_values_as_lines(old: str, new: str, shown: list[tuple[str, str, str]]) -> None:
    from sosei.web.journal.showing import lines

    assert [(line.name, line.old, line.new) for line in lines(old, new)] == shown


def test_values_nested_without_end_are_shown_as_text() -> None:
    from sosei.web.journal.showing import lines

    depth = 400
    (line,) = lines("", '{"a":' * depth + "1" + "}" * depth)
    assert line.new.startswith('{"a": ')


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-A1", "@A1", "＝１", "＋1+1", "－A1", "＠A", "\t=1", "\r=1", "\n=1"]
)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    from sosei.web.site.spreadsheet import csv_lines

    head, line = csv_lines([[text]])
    assert head == b"\xef\xbb\xbf"
    assert line.decode().lstrip('"').startswith(f"'{text[0]}")


@pytest.mark.parametrize("text", ["", "計画", "1-1", "'=1", "a=b"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    from sosei.formats.csv_cells import harmless

    assert harmless(text) == text
