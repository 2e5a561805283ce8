"""A 団体コード as somebody types it; needs no Django, for the command line asks before there is anything to set up."""

from __future__ import annotations

import unicodedata

from sosei.values import Problem, is_lg_code


def checked_code(text: str) -> str:
    """The code as it is kept, six digits; raises Problem for one with a wrong check digit."""
    code = unicodedata.normalize("NFKC", text).strip()
    if not is_lg_code(code):
        raise Problem(
            f"団体コード「{code[:20]}」が正しくありません。6桁の数字で、最後の1桁は検査数字です（例: 人吉市は 432032）",
            f'"{code[:20]}" is no 団体コード: six digits, the last one a check digit (人吉市 is 432032)',
        )
    return code
