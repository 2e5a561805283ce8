"""People at work: threads that read pages and save names, each counting what the application accepted."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TIMEOUT = 60


@dataclass
class Visitor:
    """A signed-in browser of one person: keeps its connection and cookies, times every answer."""

    port: int
    session: str
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    token: str = ""
    secret: str = ""
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        """The page at ``path``; what is not 200 is kept as wrong."""
        status, text, _ = self._ask("GET", path)
        if status != 200:
            self.wrong.append(f"GET {path}: {status}")
        if token := _TOKEN.search(text):
            self.token = token.group(1)
        return text

    def post(self, path: str, fields: Mapping[str, str]) -> int:
        """Send a form; the status of the answer."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, body)[0]

    def tell(self, path: str, fields: Mapping[str, str]) -> tuple[int, Any]:
        """Send a form as the page's script does; status and what it is told."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token})
        status, text, _ = self._ask("POST", path, body, "application/json")
        return status, json.loads(text) if status == 200 else text

    def _ask(
        self, method: str, path: str, body: str | None = None, accept: str = "text/html"
    ) -> tuple[int, str, Any]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT)
        headers = {"Cookie": f"sosei_session={self.session}; sosei_csrf={self.secret}", "Accept": accept}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        self.seconds.append(time.perf_counter() - began)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("sosei_csrf="):
                self.secret = value.split("=", 1)[1].split(";", 1)[0]
        return answer.status, text, answer


@dataclass
class Writer:
    """An officer who gives one record a new name again and again.

    ``form`` is where a draft is written; ``accepted`` are the names that were answered with success; ``asked`` the last one sent.
    """

    visitor: Visitor
    form: str
    key: str
    old: str
    accepted: list[str] = field(default_factory=list)
    asked: str = ""

    def save(self, name: str) -> None:
        """Send one new name; a refusal is kept as wrong."""
        if not self.visitor.token:
            self.visitor.get(f"{self.form}elements/{self.key}/")
        self.asked = name
        sent = {"key": self.key, "was.name": self.old, "name": name, ".reason": "サンプル"}
        status = self.visitor.post(f"{self.form}save/", sent)
        if status == 302:
            self.accepted.append(name)
            self.old = json.dumps(name, ensure_ascii=False)
        else:
            self.visitor.wrong.append(f"POST {self.form}: {status}")


@dataclass
class Rival:
    """An officer who gives a record that others write at a new definition, over whatever stands there.

    ``saved`` are the texts that were answered as saved, ``asked`` the last one sent; a conflict is met by
    sending again with what stands there, as a person does who has read it.
    """

    visitor: Visitor
    form: str
    key: str
    name: str
    was: str = "null"
    saved: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    conflicts: int = 0

    def save(self, text: str) -> None:
        """Send one text until it is saved; other answers are kept as wrong."""
        if not self.visitor.token:
            self.visitor.get(f"{self.form}records/{self.key}/")
        self.asked.append(text)
        while True:
            sent = {"key": self.key, f"was.{self.name}": self.was, self.name: text}
            status, answer = self.visitor.tell(f"{self.form}save/", sent)
            told: dict[str, Any] = answer["fields"][self.name] if status == 200 else {"state": status}
            if told["state"] == "conflict":
                self.conflicts += 1
                self.was = told["was"]
                continue
            if told["state"] == "saved":
                self.was = told["was"]
                self.saved.append(text)
            else:
                self.visitor.wrong.append(f"POST {self.form}: {told}")
            return


def writers_of(filled: Mapping[str, Any], port: int) -> list[Writer]:
    """One writer an officer, each at a record of its own."""
    plan = f"/{filled['code']}/plans/{filled['plan']}"
    return [
        Writer(
            Visitor(port, cookie),
            f"{plan}/revision/write/",
            spot["key"],
            spot["old"],
        )
        for cookie, spot in zip(filled["officers"], filled["spots"], strict=False)
    ]


def at_once(jobs: Sequence[Callable[[], None]]) -> None:
    """Run every job in a thread of its own until all are done; the first exception is raised again."""
    failed: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
