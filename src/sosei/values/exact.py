"""How an exact number stands in a file: a string in plain notation, so that its digits are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sosei.values.problem import Problem

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


def plain(number: Decimal) -> str:
    """``number`` in plain notation, no exponent: ``Decimal("1E+3")`` gives ``"1000"``."""
    return format(number, "f")


def exact(value: object) -> object:
    """Let only a plain-notation string (or a finite Decimal, from code) pass on; raise Problem else."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, str) and PLAIN.match(value):
        return value
    raise Problem(
        '数は "7.70" や "-10" のような文字列で書きます',
        'an exact number is a string in plain notation such as "7.70" or "-10"',
    )


class PlainDecimal:
    """Marks a Decimal field so that a validation library reads and writes it as a plain string.

    The two methods are the hooks Pydantic looks for; they only build dictionaries, so this
    room still needs nothing but the standard library.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> dict[str, Any]:
        """Core schema: the check before, plain notation on the way out."""
        return {
            "type": "function-before",
            "function": {"type": "no-info", "function": exact},
            "schema": handler(source),
            "serialization": {"type": "function-plain", "function": plain, "when_used": "always"},
        }

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], Any]) -> dict[str, Any]:
        """JSON Schema: a string with the pattern above."""
        return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
