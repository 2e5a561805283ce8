"""The second half of ``sosei demo``: an installation with both cities, its logins, and the application."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from sosei.cli.common import language
from sosei.cli.home import begin, say
from sosei.cli.serving import Way, run
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.web.installation.demo import Shown

_HOST = "127.0.0.1"


def serve_demo(home: Path, port: int) -> int:
    """Make the demonstration's installation where it is not there, print the logins, serve; the exit code."""
    os.environ["SOSEI_HOME"] = str(home.absolute())
    os.environ.pop("SOSEI_DATABASE", None)
    from sosei.web.config import FILE, load_config
    from sosei.web.installation.home import make_home
    from sosei.web.installation.serve import must_be_free

    must_be_free(_HOST, port)
    if not (home / FILE).exists():
        make_home(home, {"demo": True, "http": True})
    elif not load_config().demo:
        raise Problem(
            f"{home} は sosei demo で作ったものではありません。--out で別のフォルダーを指定してください",
            f"{home} was not made by sosei demo; name another folder with --out",
        )
    begin()
    from sosei.web.installation.demo import demo_password, make_demo
    from sosei.web.installation.upgrade import bring_up

    say("アプリケーションを用意しています…", "preparing the application…")
    bring_up(home, say)
    password = demo_password()
    logins = make_demo(password)
    return run(Way(_HOST, port, http=True), ready=lambda: _show(logins, password, home))


def _show(logins: list[Shown], password: str, home: Path) -> None:
    """The logins, below the address: invented people, all with one password."""
    which = int(language() == "en")
    table = Table()
    for head in (("ユーザー名", "login"), ("役割", "role"), ("どこの", "of"), ("パスワード", "password")):
        table.add_column(head[which], no_wrap=True)
    for login in logins:
        table.add_row(login.login, login.role[which], login.place[which], password)
    say("サンプルの人のサインイン", "sign in as one of these samples")
    Console(highlight=False, emoji=False, markup=False).print(table)
    say(
        f"市と数値は公表資料のとおりで、サインインする人はサンプルです。初めからやり直すには {home} を消します",
        f"cities and figures are as published, the people are samples; remove {home} to begin anew",
    )
