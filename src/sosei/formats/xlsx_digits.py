"""Numbers put into digits: Excel's General, and the placeholders 0, # and ? of a format."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_WIDEST = 11  # characters General gives a number, its sign not counted
_WIDE = Context(prec=1000, rounding=ROUND_HALF_UP)
Token = tuple[str, str]


def general(value: Decimal) -> str:
    """``value`` as Excel shows it in a wide cell without a format: 11 digits at most, no padding."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    if not value:
        return "0"
    size = value.adjusted()
    plain = _plain(value)
    if -5 < size < 0:
        plain = _plain(_rounded(value, 9))
    elif 0 <= size < 11:
        plain = _plain(_rounded(value, max(0, 9 - size)))
    if len(plain) > _WIDEST or size >= _WIDEST:
        return sign + _scientific(value)
    return sign + plain


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def _scientific(value: Decimal) -> str:
    mantissa = _rounded(value.scaleb(-value.adjusted()), 5)
    size = value.adjusted()
    if mantissa >= 10:
        mantissa, size = mantissa / 10, size + 1
    return f"{_plain(mantissa)}E{size:+03d}"


class NumberFormat:
    """A section with digit placeholders; ``tokens`` as the format code was split into."""

    def __init__(self, tokens: Sequence[Token], context: Context) -> None:
        self._context = context
        tokens = list(tokens)
        exponent = next((at for at, (kind, _) in enumerate(tokens) if kind == "exponent"), len(tokens))
        self._exponent = tokens[exponent:]
        whole, point, decimals = _split_at_point(tokens[:exponent])
        thousands = _trailing_commas(decimals if any(_is_digit(token) for token in decimals) else whole)
        self._factor = Decimal(10) ** (2 * tokens.count(("mark", "%")) - 3 * thousands)
        self._grouped = _has_grouping(whole)
        self._whole = [token for token in whole if token != ("mark", ",")]
        self._decimals = [token for token in decimals if token != ("mark", ",")]
        self._point = point
        self._places = sum(map(_is_digit, self._decimals))
        self._step = Decimal(1).scaleb(-self._places)
        self._usual = self._usual_shape()

    def shown(self, value: Decimal) -> str:
        """The text for ``value``, rounded half away from zero to the places of the format."""
        sign = "-" if value < 0 else ""
        value = abs(value)
        if self._factor != 1:
            value = self._context.multiply(value, self._factor)
        if self._exponent:
            return f"{sign}{self._with_exponent(value)}".strip(" ")
        value = value.quantize(self._step, context=self._context)
        if self._usual is not None:
            before, after = self._usual
            return f"{sign}{before}{value:,f}{after}" if self._grouped else f"{sign}{before}{value:f}{after}"
        return f"{sign}{self._filled(value)}".strip(" ")

    def _usual_shape(self) -> tuple[str, str] | None:
        """The words before and after, for #,##0.00 and its like: one 0, no words among the digits."""
        before, digits, after = _around([*self._whole, *[("mark", ".")] * self._point, *self._decimals])
        written = "".join(text for _, text in digits)
        whole = written.partition(".")[0].lstrip("#")
        if self._exponent or whole != "0" or written.endswith(".") or written.count("#") != written.find("0"):
            return None
        if any(kind == "literal" for kind, _ in digits) or "?" in written:
            return None
        return before.lstrip(" "), after.rstrip(" ")

    def _filled(self, value: Decimal) -> str:
        whole, _, decimals = f"{value:f}".partition(".")
        whole = whole.lstrip("0")
        text = _fill_whole(self._whole, whole, self._grouped)
        if self._point:
            text += whole * (not any(map(_is_digit, self._whole))) + "."
        return text + _fill_decimals(self._decimals, decimals)

    def _with_exponent(self, value: Decimal) -> str:
        width = max(1, sum(map(_is_digit, self._whole)))
        size = value.adjusted() // width * width if value else 0
        mantissa = value.scaleb(-size, context=self._context).quantize(self._step, context=self._context)
        if mantissa and mantissa.adjusted() >= width:
            size += width
            mantissa = value.scaleb(-size, context=self._context).quantize(self._step, context=self._context)
        mark = self._exponent[0][1]
        sign = "-" if size < 0 else "+" * mark.endswith("+")
        digits = str(abs(size)).rjust(sum(map(_is_digit, self._exponent)), "0")
        after = "".join(text for kind, text in self._exponent if kind == "literal" or text == "%")
        return f"{self._filled(mantissa)}{mark[0].upper()}{sign}{digits}{after}"


def _is_digit(token: Token) -> bool:
    return token[0] == "digit"


def _split_at_point(tokens: list[Token]) -> tuple[list[Token], bool, list[Token]]:
    if ("mark", ".") not in tokens:
        return tokens, False, []
    at = tokens.index(("mark", "."))
    return tokens[:at], True, [token for token in tokens[at + 1 :] if token != ("mark", ".")]


def _last_digit(tokens: list[Token]) -> int:
    return max((at for at, token in enumerate(tokens) if _is_digit(token)), default=-1)


def _trailing_commas(tokens: list[Token]) -> int:
    """Commas directly behind the last placeholder: each divides by a thousand."""
    count = 0
    for token in tokens[_last_digit(tokens) + 1 :]:
        if token != ("mark", ","):
            break
        count += 1
    return count


def _has_grouping(whole: list[Token]) -> bool:
    first = next((at for at, token in enumerate(whole) if _is_digit(token)), len(whole))
    return ("mark", ",") in whole[first : _last_digit(whole) + 1]


def _around(tokens: list[Token]) -> tuple[str, list[Token], str]:
    """The words before the digits, the digits with what stands among them, the words after."""
    places = [at for at, token in enumerate(tokens) if _is_digit(token) or token == ("mark", ".")]
    first, last = places[0], places[-1]
    before = "".join(text for _, text in tokens[:first])
    return before, tokens[first : last + 1], "".join(text for _, text in tokens[last + 1 :])


def _fill_whole(tokens: list[Token], digits: str, grouped: bool) -> str:
    """Digits put into the placeholders from the right; the leftmost takes all that are left."""
    left = sum(map(_is_digit, tokens))
    out: list[str] = []
    at = 0
    for kind, text in reversed(tokens):
        if kind != "digit":
            out.append(text[::-1])
            continue
        left -= 1
        wanted = max(1, len(digits) - at) if left == 0 else 1
        for _ in range(wanted):
            digit = digits[-1 - at] if at < len(digits) else {"0": "0", "?": " "}.get(text, "")
            if grouped and at and at % 3 == 0 and digit.strip():
                out.append(",")
            out.append(digit)
            at += 1
    return "".join(out)[::-1]


def _fill_decimals(tokens: list[Token], digits: str) -> str:
    significant = len(digits.rstrip("0"))
    out: list[str] = []
    at = 0
    for kind, text in tokens:
        if kind != "digit":
            out.append(text)
            continue
        if text == "0" or at < significant:
            out.append(digits[at])
        elif text == "?":
            out.append(" ")
        at += 1
    return "".join(out)
