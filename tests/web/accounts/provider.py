"""A single sign-on provider on this machine: discovery, authorization, token and userinfo over real HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

SECRET = "provider secret サンプル"  # noqa: S105


class Provider:
    """Says of everybody who comes what ``person`` holds; ``refuses`` sends them back cancelled."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.person: dict[str, Any] = {}
        self.refuses = False
        self.challenges: dict[str, str] = {}

    def answer(self, path: str, asked: dict[str, str], bearer: str) -> tuple[int, Any]:
        """Status and JSON, or a redirect's address, for one request."""
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/authorize":
            self.challenges["code-1"] = asked["code_challenge"]
            answer = {"error": "access_denied"} if self.refuses else {"code": "code-1"}
            return 302, f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}"
        if path == "/token":
            proof = hashlib.sha256(asked["code_verifier"].encode()).digest()
            held = base64.urlsafe_b64encode(proof).decode().rstrip("=") == self.challenges[asked["code"]]
            if not held or asked["client_secret"] != SECRET:
                return 400, {"error": "invalid_grant"}
            return 200, {"access_token": "token-1", "token_type": "Bearer", "expires_in": 60}
        if path == "/userinfo" and bearer == "Bearer token-1":
            return 200, self.person
        return 404, {}


@contextmanager
def running_provider(port: int = 0) -> Iterator[Provider]:
    """A provider that answers on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._send(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _send(self, query: str) -> None:
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            status, body = provider.answer(
                urlsplit(self.path).path, asked, self.headers.get("Authorization", "")
            )
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body)
                self.end_headers()
                return
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
