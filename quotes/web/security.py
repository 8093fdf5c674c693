"""Who may ask, what may be sent, and what a browser may do with the answer.

Four guards stand before every page, outermost first; each is an ASGI middleware:

* ``Headers`` tells the browser to run no script and load nothing but the desk's own files.
* Starlette's TrustedHostMiddleware answers only to the desk's own names, so that no other site's name can be made to
  point here.
* ``SameOrigin`` refuses what another site's page makes a browser send.
* ``Token``, where one is set, lets in only who has shown it.

Forms carry a token besides (``form_token``, ``checked``), which only a page of this desk can know.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Form, HTTPException, Request
from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ANSWER = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # same-origin, not no-referrer: with that a browser's forms say Origin: null
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
UNCHANGING = ("GET", "HEAD", "OPTIONS")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_TOKEN = 16
SESSION = "quotes_session"
SEED = "quotes_form"
DOOR = "/enter"
"""The page that asks for the token; it and what it looks like are answered before."""


class Headers:
    """Adds the headers that bind the browser, to every answer, errors too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ANSWER.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOrigin:
    """Refuses requests that change something and come from a page of another site.

    Browsers tell in Origin, and in Sec-Fetch-Site, which page asks; other programs send neither and pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        if scope["type"] == "http" and scope["method"] not in UNCHANGING and _is_foreign(RequestHeaders(scope=scope)):
            app = PlainTextResponse("This came from a page of another site.", status_code=403)
        await app(scope, receive, send)


def _is_foreign(headers: RequestHeaders) -> bool:
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and _address(origin) != headers.get("host", "").lower()


def _address(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


class Deadline:
    """Gives a request's body so many seconds to arrive."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app, self.seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ends = asyncio.get_running_loop().time() + self.seconds
        arrived = False

        async def receive_in_time() -> Message:
            nonlocal arrived
            if arrived:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), ends - asyncio.get_running_loop().time())
            except asyncio.TimeoutError:  # before Python 3.11 not the built-in one
                raise HTTPException(408, "The request did not arrive in time.") from None
            arrived = not message.get("more_body", False)
            return message

        await self.app(scope, receive_in_time, send)


class Token:
    """Lets in only requests that show the token: as ``Authorization: Bearer``, or by the cookie that /enter gives."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        path = scope.get("path", "")
        if scope["type"] == "http" and path != DOOR and not path.startswith("/static/"):
            headers = RequestHeaders(scope=scope)
            if not self._shown(headers):
                app = self._refusal(scope)
        await app(scope, receive, send)

    def _shown(self, headers: RequestHeaders) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and same(given.strip(), self.token):
            return True
        return same(cookie_parser(headers.get("cookie", "")).get(SESSION, ""), session(self.token))

    @staticmethod
    def _refusal(scope: Scope) -> Response:
        if scope["path"].startswith("/api/"):
            return JSONResponse({"detail": "a token is needed"}, 401, {"www-authenticate": "Bearer"})
        asked = scope["path"] if scope["method"] == "GET" else "/"
        return RedirectResponse(f"{DOOR}?then={quote(asked)}", 303)


def session(token: str) -> str:
    """The value of the cookie that stands for a token: it can't be turned back into it."""
    return hmac.digest(token.encode(), b"session", "sha256").hex()


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are one, in a time that does not tell how alike they are."""
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode(errors="replace"))


def local_path(path: str) -> str:
    """A path of this desk to go on to, or "/" where it might lead elsewhere."""
    return path if re.fullmatch(r"/(?![/\\])[^\s\\]*", path) else "/"


class Forms:
    """Makes and checks the token that every form carries: the browser's own seed, sealed with this process's key."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)

    def seed(self, request: Request) -> str:
        """The browser's seed, where it has none yet a new one that stays the same for this request."""
        if not hasattr(request.state, "seed"):
            request.state.seed = request.cookies.get(SEED) or secrets.token_urlsafe(24)
        return str(request.state.seed)

    def seal(self, seed: str) -> str:
        """The token for forms of the browser with this seed."""
        return hmac.digest(self.key, seed.encode(errors="replace"), "sha256").hex()


def checked(request: Request, form_token: Annotated[str, Form(max_length=200)] = "") -> None:
    """A dependency of everything that takes a form: refuses one that did not come from a page of this desk."""
    forms: Forms = request.app.state.forms
    seed = request.cookies.get(SEED, "")
    if not seed or not same(form_token, forms.seal(seed)):
        raise HTTPException(403, "This form is out of date. Go back, load the page again, and send it once more.")
