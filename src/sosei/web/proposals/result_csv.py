"""What came of a change request as a table (照会結果一覧), in CSV that a spreadsheet opens harmlessly."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from sosei.checks.finding import Words
from sosei.plan.labels import field_label
from sosei.web.proposals.progress import Progress
from sosei.web.proposals.telling import Told
from sosei.web.site.spreadsheet import csv_lines

_HEAD = (
    Words("番号", "No."),
    Words("課", "Division"),
    Words("基本目標・施策", "Goal and measure"),
    Words("場所", "Place"),
    Words("対象", "Record"),
    Words("種類", "Kind"),
    Words("項目", "Field"),
    Words("旧", "Old"),
    Words("新", "New"),
    Words("提案の理由", "Reason"),
    Words("提案した人", "Proposed by"),
    Words("代理入力", "Entered for the division"),
    Words("扱い", "Decision"),
    Words("扱いの理由", "Why"),
    Words("決めた人", "Decided by"),
    Words("決めた日", "Decided on"),
)
_YES = Words("代理入力", "yes")


def result_csv(rows: Sequence[Told], divisions: Sequence[Progress], language: str) -> bytes:
    """``rows`` in order; a division without proposals has a line that says how it answered."""
    lines = [[words.of(language) for words in _HEAD]]
    lines += [[str(number), *_cells(each, language)] for number, each in enumerate(rows, 1)]
    with_rows = {each.proposal.asked_id for each in rows}
    lines += [
        ["", each.name, *[""] * 10, each.state.of(language), "", "", ""]
        for each in divisions
        if each.asked.pk not in with_rows
    ]
    return b"".join(csv_lines(lines))


def _cells(each: Told, language: str) -> list[str]:
    row = each.proposal
    return [
        each.division,
        each.group,
        each.place,
        each.title,
        each.word.of(language),
        field_label(each.field, language) if each.field else "",
        each.old_text,
        each.new_text,
        row.reason,
        row.by.name if row.by else "",
        _YES.of(language) if row.for_division else "",
        each.state.of(language),
        row.note,
        row.decided_by.name if row.decided_by else "",
        f"{timezone.localtime(row.decided_at):%Y-%m-%d}" if row.decided_at else "",
    ]
