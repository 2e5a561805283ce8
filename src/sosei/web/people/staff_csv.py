"""Staff as a CSV file: reading its lines, and the empty form of one (knows no database).

Columns 職員番号（ユーザー名）, 氏名, メール, 役割, 担当課, in any order, English heads accepted; a person with
several roles stands in several lines.  UTF-8 with or without BOM, or cp932.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sosei.formats.csv_records import UNREADABLE, CsvLines, Record, next_record
from sosei.values import Problem
from sosei.values.folding import compact
from sosei.web.people.person import Person, checked
from sosei.web.people.roles import ROLE_NAMES, Role

MOST_LINES = 2000
MOST_BYTES = 1024 * 1024
SAMPLE = "サンプル"

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "username": ("職員番号（ユーザー名）", "職員番号", "ユーザー名", "username", "user name", "staff number"),
    "name": ("氏名", "name"),
    "email": ("メール", "メールアドレス", "email", "e-mail", "mail"),
    "role": ("役割", "role"),
    "division": ("担当課", "division"),
}
_COMPULSORY = ("username", "name", "role")
_BY_HEAD = {compact(head).lower(): column for column, heads in _COLUMNS.items() for head in heads}
_ROLES = {compact(word).lower(): role for role in Role for word in (role.value, *ROLE_NAMES[role])}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLine:
    """One role of one person, with the line it stands in; ``division`` is a name, matched later."""

    line: int
    who: Person
    role: Role
    division: str


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in a line."""

    line: int
    problem: Problem


@dataclass(slots=True)
class StaffFile:
    """What a file holds: its good lines, what is wrong in the others, how many examples were left out."""

    lines: list[StaffLine] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    examples: int = 0


def read_staff(data: bytes) -> StaffFile:
    """The lines of a staff file; raises Problem where it is no such file at all, or too large."""
    if len(data) > MOST_BYTES:
        raise Problem(
            f"ファイルが大きすぎます（{len(data):,}バイト）。1MBまでに分けてください",
            f"the file is too large ({len(data):,} bytes); split it into files of at most 1 MB",
        )
    lines = CsvLines(data)
    head = next_record(lines)
    if head is None:
        raise Problem(
            "ファイルが空です。ひな形を使って作ってください", "the file is empty; start from the empty form"
        )
    columns = _columns(head)
    found = StaffFile()
    first: dict[tuple[str, str, str], int] = {}
    people: dict[str, tuple[int, Person]] = {}
    for count, record in enumerate(_records(lines, len(head.cells)), 1):
        if count > MOST_LINES:
            raise Problem(
                f"{MOST_LINES:,}行を超えています。分けて読み込んでください",
                f"there are more than {MOST_LINES:,} lines; split the file",
            )
        try:
            line = _line(record, columns, len(head.cells))
            if line is None:
                found.examples += 1
                continue
            _agree(line, people)
            _once(line, first)
        except Problem as problem:
            found.problems.append(LineProblem(record.line, problem))
        else:
            found.lines.append(line)
    if not found.lines and not found.problems:
        raise Problem(
            "見出しの下に職員の行がありません。1人1行で書いてください",
            "there is no line below the heads; write one line a person",
        )
    return found


def template() -> bytes:
    """The empty form: the heads and one example line marked サンプル, UTF-8 with BOM."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads[0] for heads in _COLUMNS.values())
    writer.writerow(("s0001", f"創生 花子（{SAMPLE}）", "hanako@city.example.jp", "担当課", "企画財政課"))
    return out.getvalue().encode("utf-8-sig")


def _records(lines: CsvLines, width: int) -> Iterator[Record]:
    while (record := next_record(lines, width)) is not None:
        yield record


def _columns(head: Record) -> Mapping[str, int]:
    """Which column stands where; raises Problem for a head that is unknown, twice or missing."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(head.cells):
        column = _BY_HEAD.get(compact(cell).lower())
        if column is None and not cell.strip():
            continue
        if column is None or column in columns:
            known = "、".join(heads[0] for heads in _COLUMNS.values())
            raise Problem(
                f"1行目の見出し「{cell[:30]}」は{'2回あります' if column else '読めません'}。見出しは {known} です",
                f'the head "{cell[:30]}" {"stands twice" if column else "is unknown"}; '
                f"the heads are {known} (or username, name, email, role, division)",
            )
        columns[column] = at
    for column in _COMPULSORY:
        if column not in columns:
            raise Problem(
                f"1行目に見出し「{_COLUMNS[column][0]}」がありません。ひな形の見出しを使ってください",
                f'the first line has no head "{column}"; use the heads of the empty form',
            )
    return columns


def _line(record: Record, columns: Mapping[str, int], width: int) -> StaffLine | None:
    """The line read; None for an example line of the empty form; raises Problem."""
    if record.broken:
        raise Problem('引用符（"）が閉じていません', "a quotation mark is not closed")
    if len(record.cells) > width and any(cell.strip() for cell in record.cells[width:]):
        raise Problem(
            f"見出しは{width}列、この行は{len(record.cells)}列です。カンマを含む値は引用符で囲んでください",
            f"the heads are {width} columns, this line has {len(record.cells)}; quote values with commas",
        )
    cells = {
        column: record.cells[at].strip() if at < len(record.cells) else "" for column, at in columns.items()
    }
    if any(UNREADABLE.search(cell) for cell in cells.values()):
        raise Problem(
            "文字が壊れています。「CSV UTF-8」で保存し直してください",
            'some characters are damaged; save the file again as "CSV UTF-8"',
        )
    if SAMPLE in cells["name"]:
        return None
    who = checked(cells["username"], cells["name"], cells.get("email", ""))
    return StaffLine(
        line=record.line, who=who, role=_role(cells["role"]), division=cells.get("division", "")[:200]
    )


def _role(text: str) -> Role:
    role = _ROLES.get(compact(text).lower())
    if role is None:
        words = "・".join(ROLE_NAMES[each][0] for each in Role)
        found = f"「{text[:30]}」はありません" if text else "が空です"
        raise Problem(
            f"役割{found}（使えるもの: {words}）",
            f"the role {f'{text[:30]!r} is unknown' if text else 'is empty'} "
            f"(there is: {', '.join(ROLE_NAMES[each][1] for each in Role)})",
        )
    return role


def _agree(line: StaffLine, people: dict[str, tuple[int, Person]]) -> None:
    """Several lines of one user name are of one person."""
    at, before = people.setdefault(line.who.username.lower(), (line.line, line.who))
    if before != line.who:
        raise Problem(
            f"ユーザー名「{line.who.username}」の氏名かメールが{at}行目と違います。同じ人なら揃えてください",
            f'"{line.who.username}" has another name or mail address in line {at}; make them the same',
        )


def _once(line: StaffLine, first: dict[tuple[str, str, str], int]) -> None:
    """A role stands once."""
    at = first.setdefault((line.who.username.lower(), line.role, compact(line.division)), line.line)
    if at != line.line:
        raise Problem(
            f"{at}行目と同じ人・同じ役割です。どちらかを消してください",
            f"the same person and role stand in line {at}; remove one of them",
        )
