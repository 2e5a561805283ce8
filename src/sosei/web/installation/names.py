"""What may be typed as a database."""

from __future__ import annotations

from sosei.values import Problem


def checked_database(url: str) -> str:
    """The URL of a PostgreSQL database; raises Problem."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Problem(
            "データベースは postgresql://利用者:パスワード@ホスト/データベース の形で書いてください（SQLite なら何も書きません）",
            "write the database as postgresql://user:password@host/name (for SQLite, leave it out)",
        )
    return url
