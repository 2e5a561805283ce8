"""From every format version to the next, on plain data; loading is bytes -> upgrade -> model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sosei.plan.model import FORMAT, VERSION
from sosei.values import Problem

Data = dict[str, Any]

# UPGRADES[n] turns data of version n into data of version n + 1.
UPGRADES: Mapping[int, Callable[[Data], Data]] = {}


def upgrade(data: object) -> Data:
    """Plan data of any known version as data of the present version.

    Raises Problem where the data is no plan, or of a version this program does not know.
    """
    if not isinstance(data, dict):
        raise Problem(
            f"最上位が{_json_name(data)[0]}です。計画ファイルは {{ }} で囲んだ一つのオブジェクトで始まります",
            f"the file holds {_json_name(data)[1]}; a plan file holds one object",
        )
    if data.get("format") != FORMAT:
        raise Problem(
            f'計画ファイルではありません（"format": "{FORMAT}" がありません）',
            f'this is no plan file ("format": "{FORMAT}" is missing)',
        )
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Problem(
            f"version が {version!r} です。1 以上の整数が要ります",
            f"version is {version!r}; a whole number from 1 on was expected",
        )
    if version > VERSION:
        raise Problem(
            f"この計画ファイルは版 {version} の形式です。"
            f"このプログラムは版 {VERSION} まで読めます。新しい Sosei を使ってください",
            f"this plan file has format version {version}; this program reads up to {VERSION}: use a newer Sosei",
        )
    while version < VERSION:
        data = UPGRADES[version](data)
        version += 1
    return data


def _json_name(data: object) -> tuple[str, str]:
    """What JSON calls ``data``, in Japanese and English."""
    names = {
        list: ("並び（[ ]）", "a list"),
        str: ("文字列", "a text"),
        bool: ("真偽値", "a truth value"),
        type(None): ("null", "null"),
    }
    return names.get(type(data), ("数", "a number"))
