"""What may be typed as a 団体コード or a database."""

from __future__ import annotations

from sosei.values import Problem, is_lg_code


def checked_code(code: str) -> str:
    """A 団体コード of six digits with its check digit; raises Problem."""
    if not is_lg_code(code):
        raise Problem(
            f"団体コード「{code}」が正しくありません。6桁の数字で、最後の1桁は検査数字です（例: 人吉市は 432032）",
            f'"{code}" is no 団体コード: six digits, the last one a check digit (人吉市 is 432032)',
        )
    return code


def checked_database(url: str) -> str:
    """The URL of a PostgreSQL database; raises Problem."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Problem(
            "データベースは postgresql://利用者:パスワード@ホスト/データベース の形で書いてください（SQLite なら何も書きません）",
            "write the database as postgresql://user:password@host/name (for SQLite, leave it out)",
        )
    return url
