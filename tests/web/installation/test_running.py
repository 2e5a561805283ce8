"""An installation from its first command to its end, as its operator meets it."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.web.conftest import EXAMPLES
from tests.web.installation.running import PASSWORD, ROOT, environment, gone, opener, serving, sosei

CITY = ("--code", "432148", "--name", "阿蘇市", "--prefecture", "熊本県")
OFFICER = ("--officer", "企画 太郎（サンプル）", "--login", "kikaku")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one city, an officer whose password is known, and an operator."""
    folder = tmp_path_factory.mktemp("made")
    home = folder / "home"
    (folder / "password").write_text("ひみつのことば十二文字以上\n", encoding="utf-8")
    said = sosei(
        home, "init", *CITY, *OFFICER, "--operator", "unyo", "--password-file", folder / "password"
    ).stdout
    assert "阿蘇市（432148）を加えました" in said
    assert not PASSWORD.search(said)
    return home


def _in(home: Path, program: str) -> str:
    """Python run inside the installation."""
    begin = "from sosei.web.start import start; start()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + program],
        capture_output=True,
        encoding="utf-8",
        env=environment(home),
        check=True,
    )
    return done.stdout


def test_init_makes_everything_private_and_tells_passwords_once(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    said = sosei(home, "init", *CITY, *OFFICER).stdout
    (password,) = PASSWORD.findall(said)
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {
        each.name: stat.S_IMODE(each.stat().st_mode)
        for each in home.iterdir()
        if each.suffix != ".sqlite3-wal"
    } == {
        "secret.key": 0o600,
        "sosei.toml": 0o600,
        "sosei.sqlite3": 0o600,
    }
    before = (home / "secret.key").read_bytes(), (home / "sosei.toml").read_bytes()
    said = sosei(home, "init").stdout
    assert "もう用意してあります" in said
    assert "432148 熊本県阿蘇市（利用者 1人）" in said
    assert "もうあります" in sosei(home, "init", *CITY, *OFFICER, code=2).stderr
    again = sosei(
        home, "init", "--code", "432032", "--name", "人吉市", "--prefecture", "熊本県", *OFFICER
    ).stdout
    assert not PASSWORD.search(again)  # the same person, who has a password already
    roles = json.loads(sosei(home, "user", "list", "--format", "json").stdout)["users"][0]["roles"]
    assert {(role["code"], role["role"]) for role in roles} == {("432032", "officer"), ("432148", "officer")}
    assert before == ((home / "secret.key").read_bytes(), (home / "sosei.toml").read_bytes())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["init"], "団体コードを --code で指定してください"),
        (["init", *CITY], "最初の企画担当者の氏名を --officer で指定してください"),
        (["init", "--code", "432149", "--name", "阿蘇市"], "最後の1桁は検査数字"),
        (["init", *CITY, "--officer", "甲", "--login", "企画"], "ユーザー名「企画」は使えません"),
        (["init", *CITY, *OFFICER, "--database", "mysql://x"], "postgresql://"),
        (
            ["init", *CITY, *OFFICER, "--database", "postgresql://sosei@127.0.0.1:1/x"],
            "データベースに接続できません",
        ),
        (["init", *CITY, *OFFICER, "--password-file", "none"], "パスワードのファイルを読めません"),
        (["serve", "--http"], "先に sosei init"),
        (["user", "list"], "先に sosei init"),
        (["backup", "b.zip"], "先に sosei init"),
        (["doctor"], "先に sosei init"),
        (["restore", "none.zip"], "none.zip: ファイルがありません"),
    ],
)
def test_what_cannot_begin_says_so_and_leaves_nothing(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    home = tmp_path / "home"
    done = sosei(home, *arguments, code=2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "sosei.toml").exists()


def test_people_are_added_changed_and_stopped(made: Path) -> None:
    said = sosei(
        made, "user", "add", "etsu", "--name", "閲覧 花子（サンプル）", "--code", "432148", "--role", "reader"
    ).stdout
    assert PASSWORD.search(said)
    assert "もう使われています" in sosei(made, "user", "add", "etsu", "--name", "別の人", code=2).stderr
    sosei(made, "user", "role", "etsu", "--code", "432148", "--role", "council")
    sosei(made, "user", "role", "etsu", "--code", "432148", "--role", "reader", "--off")
    sosei(made, "user", "deactivate", "etsu")
    assert PASSWORD.search(sosei(made, "user", "password", "etsu").stdout)
    listed = {
        each["login"]: each
        for each in json.loads(sosei(made, "user", "list", "--format", "json").stdout)["users"]
    }
    assert [role["role"] for role in listed["etsu"]["roles"]] == ["council"]
    assert (listed["etsu"]["active"], listed["unyo"]["operator"]) == (False, True)
    acts = _in(
        made,
        "from sosei.web.journal.models import Act\nprint(*Act.objects.order_by('chain', 'no').values_list('who', 'action', 'subject'), sep='\\n')",
    )
    for action in (
        "user.created",
        "role.granted",
        "role.withdrawn",
        "user.deactivated",
        "user.password_reset",
    ):
        assert f"('コマンド', '{action}', '閲覧 花子（サンプル）')" in acts


def test_serve_wants_one_way_of_tls(made: Path, tmp_path: Path) -> None:
    for options, words in (
        ([], "--tls-cert と --tls-key）、前段のプロキシが TLS を終える（--proxy）、一台での試用（--http）"),
        (["--http", "--proxy"], "一つだけ選んでください"),
        (["--tls-cert", str(made / "sosei.toml")], "両方を指定してください"),
        (
            ["--tls-cert", str(made / "sosei.toml"), "--tls-key", str(made / "sosei.toml")],
            "証明書と鍵として使えません",
        ),
        (["--http", "--host", "192.0.2.1"], "待ち受けられません"),
    ):
        done = sosei(made, "serve", *options, code=2)
        assert words in done.stderr
        assert done.stdout == ""


def test_a_person_signs_in_and_a_document_is_made(made: Path) -> None:
    """Pages, static files, sign-in with the first password, its change, and a job done by the worker."""
    with serving(made, "--http", "--workers", "1") as served:
        page = served.ask("/").read().decode()
        sheet = re.search(r'href="(/static/sosei/base\.[0-9a-f]+\.css)"', page)
        assert sheet
        assert served.ask(sheet[1]).status == 200
        browser = opener()
        base = f"http://127.0.0.1:{served.port}"

        def token(text: str) -> str:
            return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[-1]

        with browser.open(f"{base}/accounts/login/") as answer:
            form = {
                "csrfmiddlewaretoken": token(answer.read().decode()),
                "login": "kikaku",
                "password": "ひみつのことば十二文字以上",
            }
        with browser.open(Request(f"{base}/accounts/login/", urlencode(form).encode())) as answer:  # noqa: S310
            assert answer.url == f"{base}/accounts/password/change/"
            form = {
                "csrfmiddlewaretoken": token(answer.read().decode()),
                "oldpassword": "ひみつのことば十二文字以上",
                "password1": "あたらしいことば十二文字以上",
                "password2": "あたらしいことば十二文字以上",
            }
        with browser.open(Request(f"{base}/accounts/password/change/", urlencode(form).encode())):  # noqa: S310
            pass
        with browser.open(f"{base}/432148/") as answer:
            assert "阿蘇市" in answer.read().decode()
        assert _job_is_done(made)
        everything = served.children()
        assert len(everything) >= 3
    assert served.process.returncode == 0
    assert gone(everything)


def _job_is_done(home: Path) -> bool:
    """The worker's own daily task is the first it does."""
    ask = "from django_tasks_db.models import DBTaskResult\nprint(DBTaskResult.objects.filter(finished_at__isnull=False).count())"
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if int(_in(home, ask)):
            return True
        time.sleep(0.5)
    return False


def test_killed_at_once_it_leaves_nobody_behind_and_starts_again(made: Path) -> None:
    with serving(made, "--http") as served:
        everything = served.children()
        assert (
            "待ち受けられません" in sosei(made, "serve", "--http", "--port", str(served.port), code=2).stderr
        )
        served.process.send_signal(signal.SIGKILL)
        served.process.wait(10)
        assert gone(everything)
    with serving(made, "--http", "--no-worker") as served:
        assert served.ask("/").status == 200


def test_a_worker_that_dies_is_started_again(made: Path) -> None:
    with serving(made, "--http", "--workers", "1") as served:
        end = time.monotonic() + 30
        workers: set[int] = set()
        while time.monotonic() < end and len(workers) < 2:
            found = {
                pid
                for pid in served.children()
                if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            }
            if found and not workers:
                os.kill(next(iter(found)), signal.SIGKILL)
            workers |= found
            time.sleep(0.2)
        assert len(workers) == 2
        assert served.ask("/").status == 200


def test_behind_a_proxy_and_below_a_prefix(made: Path) -> None:
    """Whether the proxy passes the prefix on or cuts it off; https only by what the proxy says."""
    forwarded = {
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "sosei.example.lg.jp",
        "X_Forwarded_For": "203.0.113.7",
    }
    settings = {"SOSEI_PREFIX": "/kikaku/sosei", "SOSEI_HOSTS": "sosei.example.lg.jp"}
    with serving(made, "--proxy", "--no-worker", "--workers", "1", **settings) as served:
        for sent in ("/kikaku/sosei", ""):
            answer = served.ask(f"{sent}/", **forwarded)
            page = answer.read().decode()
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]
            assert "Secure" in answer.headers["Set-Cookie"]
            assert "Path=/kikaku/sosei/" in answer.headers["Set-Cookie"]
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
            assert links
            assert all(link.startswith("/kikaku/sosei/") for link in links)
            sheet = next(link for link in links if link.endswith(".css"))
            assert served.ask(sent + sheet.removeprefix("/kikaku/sosei"), **forwarded).status == 200
            moved = served.ask(f"{sent}/432148/", **forwarded)
            assert moved.headers["Location"] == "/kikaku/sosei/accounts/login/?next=/kikaku/sosei/432148/"
        plain = served.ask("/kikaku/sosei/", Host="sosei.example.lg.jp")
        assert (plain.status, plain.headers["Location"]) == (301, "https://sosei.example.lg.jp/kikaku/sosei/")
        assert served.ask("/", **{**forwarded, "X_Forwarded_Host": "elsewhere.example"}).status == 400


def test_its_own_certificate(made: Path, tmp_path: Path) -> None:
    certificate, key = _self_signed(tmp_path)
    with serving(
        made, "--tls-cert", str(certificate), "--tls-key", str(key), "--no-worker", "--workers", "1"
    ) as served:
        trust = ssl.create_default_context(cafile=certificate)
        with urlopen(f"https://localhost:{served.port}/", context=trust) as answer:
            assert answer.headers["Strict-Transport-Security"]
            assert "Secure" in answer.headers["Set-Cookie"]


def _self_signed(folder: Path) -> tuple[Path, Path]:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


LOAD = f"""
from datetime import date
from pathlib import Path
from sosei.web.people.actor import command_line
from sosei.web.people.models import Municipality
from sosei.web.plans.acts import Adoption, adopt, load_file
actor = command_line(Municipality.objects.get(code="432148"))
draft = load_file(actor, Path({str(EXAMPLES["aso"])!r}).read_bytes())
adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=draft.length))
"""
OLDER = (
    "\nfrom django.core.management import call_command\ncall_command('migrate', 'mfa', '0002', verbosity=0)"
)
HASHES = "from sosei.web.plans.models import Edition\nprint(*Edition.objects.values_list('pk', 'sha256'))"


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database, where the tests run on PostgreSQL."""
    url = os.environ.get("SOSEI_TEST_DATABASE", "")
    if not url:
        pytest.skip("no PostgreSQL; tools/with-postgres.sh runs a command with one")
    import psycopg

    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE DATABASE across")
        yield url.replace("/postgres?", "/across?")
        link.execute("DROP DATABASE across WITH (FORCE)")


@pytest.mark.slow
def test_a_backup_goes_from_one_database_to_the_other_and_back(tmp_path: Path, postgresql: str) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    sosei(first, "init", *CITY, *OFFICER)
    hashes = _in(first, LOAD + HASHES)
    sosei(first, "backup", tmp_path / "1.zip")
    sosei(second, "restore", tmp_path / "1.zip", "--database", postgresql)
    assert "PostgreSQL" in sosei(second, "doctor").stdout
    assert _in(second, HASHES) == hashes
    sosei(second, "backup", tmp_path / "2.zip")
    sosei(third, "restore", tmp_path / "2.zip")
    assert "SQLite" in sosei(third, "doctor").stdout
    assert _in(third, HASHES) == hashes


@pytest.mark.slow
def test_tables_of_an_older_form_are_brought_up_after_a_backup(tmp_path: Path) -> None:
    """The backup made before is of the older form, and restored it comes up to the present one."""
    home = tmp_path / "home"
    sosei(home, "init", *CITY, *OFFICER)
    hashes = _in(home, LOAD + HASHES + OLDER)
    assert "古い形" in sosei(home, "user", "list", code=2).stderr
    assert "未適用 1件" in sosei(home, "doctor", code=1).stdout
    with serving(home, "--http", "--no-worker", "--workers", "1") as served:
        assert served.ask("/").status == 200
    (backup,) = (home / "backups").iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    other = tmp_path / "other"
    sosei(other, "restore", backup)
    sosei(other, "doctor")
    assert _in(other, HASHES) == hashes
    assert "もうデータがあります（阿蘇市）" in sosei(other, "restore", backup, code=2).stderr
    _in(
        home,
        "from django.db.migrations.recorder import MigrationRecorder\nfrom django.db import connection\nMigrationRecorder(connection).record_applied('plans', '9999_later')",
    )
    assert "もっと新しい Sosei" in sosei(home, "serve", "--http", code=2).stderr


def test_a_damaged_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sosei(home, "init", *CITY, *OFFICER)
    database = home / "sosei.sqlite3"
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    assert "× データベース: " in sosei(home, "doctor", code=1).stdout
    done = sosei(home, "backup", tmp_path / "b.zip", code=2)
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "b.zip").exists()


def test_the_production_settings_pass_djangos_own_checks(made: Path) -> None:
    for way in ({"SOSEI_PROXY": "1", "SOSEI_PREFIX": "/sosei"}, {}):
        done = subprocess.run(
            [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment(made, DJANGO_SETTINGS_MODULE="sosei.web.settings", **way),
            check=False,
        )
        assert done.returncode == 0, done.stderr
