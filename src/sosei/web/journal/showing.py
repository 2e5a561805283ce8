"""Old and new values of an act as rows that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sosei.plan.labels import field_label
from sosei.web.site.language import language, say

LONG = 120
_DEEPEST = 6
# Names that stand in values, as people call them; any other is shown as it is.
NAMES: Mapping[str, tuple[str, str]] = {
    "action": ("操作", "action"),
    "acts": ("件数", "records"),
    "after": ("次の記録の後", "after"),
    "age": ("年齢", "age"),
    "ages": ("年齢", "ages"),
    "bands": ("移動率の倍率", "multipliers"),
    "beginning": ("はじめの部分", "beginning"),
    "beyond": ("延長", "beyond the last step"),
    "by": ("方法", "by"),
    "characters": ("文字数", "characters"),
    "closed": ("封鎖人口", "closed population"),
    "code": ("団体コード", "code"),
    "collection": ("並び", "collection"),
    "composition": ("世帯の構成", "family"),
    "constant": ("換算の定数", "constant"),
    "cwr": ("子ども女性比", "child-woman ratio"),
    "direction": ("方向", "direction"),
    "division": ("担当課", "division"),
    "divisions": ("担当課", "divisions"),
    "edition": ("版", "edition"),
    "email": ("メール", "mail address"),
    "families": ("年あたりの世帯数", "families a year"),
    "faulty": ("除いた誤りのあるセル", "faulty cells left out"),
    "fertility": ("出生", "fertility"),
    "field": ("項目", "field"),
    "figures": ("もとの表", "figures"),
    "first": ("最初の番号", "first number"),
    "hash": ("ハッシュ値", "hash"),
    "head": ("最後のハッシュ値", "head hash"),
    "intact": ("異常なし", "intact"),
    "is_shown": ("委員と閲覧の人に見せる", "shown to council and readers"),
    "key": ("記録のキー", "record's key"),
    "kind": ("種類", "kind"),
    "last": ("最後の番号", "last number"),
    "kept": ("残した画面の値", "values kept as on screen"),
    "left_out": ("除いた重なる変更", "conflicts left out"),
    "log_years": ("ログを残す年数", "years of the log"),
    "members": ("構成員", "member"),
    "migration": ("移動", "migration"),
    "movers": ("移住世帯", "extra families"),
    "name": ("名前", "name"),
    "new": ("新", "new"),
    "note": ("注", "note"),
    "old": ("旧", "old"),
    "on": ("日付", "date"),
    "op": ("変更の種類", "kind of change"),
    "operations": ("変更の数", "changes"),
    "parent": ("上の記録", "parent"),
    "people": ("人", "people"),
    "persons": ("人数", "persons"),
    "points": ("点", "points"),
    "prefecture": ("都道府県", "prefecture"),
    "reason": ("理由", "reason"),
    "record": ("記録", "record"),
    "role": ("役割", "role"),
    "second_factor_required": ("二要素認証の必須", "second factor compulsory"),
    "session_minutes": ("無操作の制限（分）", "minutes of a session"),
    "sex": ("男女", "sex"),
    "sha256": ("SHA-256", "SHA-256"),
    "since": ("始まり", "from"),
    "sources": ("もとの課", "from"),
    "subject": ("対象", "subject"),
    "summary": ("内容", "what"),
    "targets": ("新しい課", "to"),
    "tfr": ("合計特殊出生率", "total fertility rate"),
    "title": ("題名", "title"),
    "to": ("場所", "place"),
    "type": ("種類", "type"),
    "until": ("終わり", "until"),
    "username": ("ユーザー名", "user name"),
    "who": ("人", "person"),
}
_OPERATIONS: Mapping[str, tuple[str, str]] = {
    "set": ("値を変える", "set a value"),
    "add": ("記録を加える", "add a record"),
    "move": ("記録を移す", "move a record"),
    "remove": ("記録を取り除く", "remove a record"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One named value, before and after; an empty text: there was none."""

    name: str
    old: str
    new: str


def lines(old: str, new: str) -> list[Line]:
    """The JSON texts of an act as lines, one a name, in the order they were written."""
    was, is_now = _read(old), _read(new)
    if isinstance(is_now, dict) and is_now.get("op") in _OPERATIONS:
        was, is_now = _operation(is_now)
    before, after = dict(_flat(was)), dict(_flat(is_now))
    return [Line(name, before.get(name, ""), after.get(name, "")) for name in {**before, **after}]


def _read(text: str) -> Any:
    """The value of a JSON text; a text that holds JSON again (an operation of a draft) is opened."""
    if not text:
        return None
    value = json.loads(text)
    if isinstance(value, str) and value.startswith("{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _operation(made: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an operation of a draft found and what it left, each under the name of what it changed."""
    kind = say(*_OPERATIONS[made["op"]])
    facts = {"op": kind, **{name: made[name] for name in ("key", "reason") if made.get(name)}}
    match made["op"]:
        case "set":
            field = field_label(made["field"], language())
            return {field: made["old"]}, {**facts, field: made["new"]}
        case "add":
            return {}, {**facts, "record": made["record"], "to": made["to"]}
        case "move":
            return {"to": made["old"]}, {**facts, "to": made["to"]}
        case _:
            return {"record": made["record"], "to": made["old"]}, facts


def _flat(value: Any, before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Nested names joined into one; lists of plain values in one text, other lists numbered."""
    if value in (None, {}) and not before:
        return
    if isinstance(value, dict) and value.keys() == {"ja", "en"}:
        value = say(value["ja"], value["en"])
    if isinstance(value, dict) and value and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _flat(inner, f"{before} › {_name(name)}" if before else _name(name), depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, 1):
            yield from _flat(each, f"{before} {number}".strip(), depth + 1)
    else:
        yield before or say("内容", "Value"), _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None:
            return say("（なし）", "(none)")
        case bool():
            return say("はい", "yes") if value else say("いいえ", "no")
        case str():
            return value or say("（空）", "(empty)")
        case list() if all(isinstance(each, str | int) for each in value):
            return say("、", ", ").join(map(str, value)) or say("（空）", "(empty)")
        case _:
            return json.dumps(value, ensure_ascii=False)


def _name(name: str) -> str:
    return say(*NAMES[name]) if name in NAMES else name
