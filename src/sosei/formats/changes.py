"""A comparison of two editions as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from sosei.formats.csv_cells import harmless
from sosei.plan.changes import Change, ChangeKind
from sosei.plan.labels import field_label

_STEERING = frozenset({"Cc", "Cf", "Cs"})
_KINDS = {
    "ja": {"added": "追加", "removed": "削除", "moved": "移動", "changed": "変更"},
    "en": {"added": "added", "removed": "removed", "moved": "moved", "changed": "changed"},
}
_HEADS = {
    "ja": ("区分", "場所", "名称", "項目", "旧", "新", "理由"),
    "en": ("change", "place", "name", "field", "old", "new", "reason"),
}


def as_text(changes: Sequence[Change], language: str) -> bytes:
    """One paragraph a change, for a reader."""
    if not changes:
        return {"ja": "違いはありません。\n", "en": "No difference.\n"}[language].encode()
    return _harmless("".join(_paragraph(change, language) for change in changes)).encode()


def as_json(changes: Sequence[Change], language: str) -> bytes:  # noqa: ARG001  (one signature for all forms)
    """``{"changes": [{kind, key, place, title, field, old, new, reason, printed}]}``."""
    rows = [asdict(change) for change in changes]
    return (json.dumps({"changes": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(changes: Sequence[Change], language: str) -> bytes:
    """A row a change, UTF-8 with BOM, nothing in it that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADS[language])
    for change in changes:
        kind = _KINDS[language][change.kind]
        field = field_label(change.field, language)
        cells = (kind, change.place, change.title, field, change.old, change.new, change.reason)
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


FORMS: Mapping[str, Callable[[Sequence[Change], str], bytes]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
}


def _harmless(text: str) -> str:
    """``text`` without what would steer a terminal."""
    return "".join("�" if unicodedata.category(each) in _STEERING and each != "\n" else each for each in text)


def _paragraph(change: Change, language: str) -> str:
    where = " ".join(part for part in (change.place, change.title) if part)
    head = f"[{_KINDS[language][change.kind]}] {where}"
    if change.kind is ChangeKind.CHANGED:
        head += f" : {field_label(change.field, language)}"
    lines = [head]
    for mark, text, empty in (("-", change.old, ChangeKind.ADDED), ("+", change.new, ChangeKind.REMOVED)):
        if change.kind is not empty:
            lines += [f"  {mark} {line}" for line in text.split("\n")]
    if change.reason:
        lines.append(f"  {change.reason}")
    return "\n".join(lines) + "\n"
