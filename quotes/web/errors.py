"""What is answered when something is wrong: a page to a browser, JSON to a program, and never a traceback."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers as RequestHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from quotes.store import StoreError
from quotes.web.reading import Busy, ReadingError
from quotes.web.render import render
from quotes.web.security import ANSWER


def answer(request: Request, status: int, message: str, headers: Any = None) -> Response:
    """Say what is wrong, as JSON below /api and as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message}, status, headers)
    response = render(request, "message.html", status, heading=HTTPStatus(status).phrase, message=message)
    response.headers.update(headers or {})
    return response


def refused(request: Request, error: HTTPException) -> Response:
    """An HTTPException."""
    return answer(request, error.status_code, str(error.detail), error.headers)


def invalid(request: Request, error: RequestValidationError) -> Response:
    """A value that is missing or of the wrong kind."""
    wrong = [f"{'.'.join(str(key) for key in one['loc'][1:]) or 'body'}: {one['msg']}" for one in error.errors()[:10]]
    return answer(request, 422, "; ".join(wrong))


def unread(request: Request, error: ReadingError) -> Response:
    """A text whose quotes were not found."""
    return answer(request, 503 if isinstance(error, Busy) else 422, str(error))


def unstored(request: Request, error: StoreError) -> Response:
    """A database that can't be read or written now."""
    return answer(request, 503, str(error))


def failed(request: Request, error: Exception) -> Response:
    """A fault of ours; the log tells which."""
    response = answer(request, 500, "Something went wrong here. The server's log says what.")
    response.headers.update(ANSWER)  # Starlette answers this one outside the guards
    return response


class TooLarge:
    """Answers, by a page or as JSON, what says of itself that it is too large; what does not say so is cut off by
    Starlette's guard.

    Args:
        app: what answers the others.
        largest: bytes of a request's body.
    """

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self.app, self.largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.app
        length = RequestHeaders(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if length.isdecimal() and int(length) > self.largest:
            megabytes = f"{self.largest / 1_000_000:.0f} MB"
            message = f"This is larger than {megabytes}. Send it in parts, or add the file with: quotes db add"
            app = answer(Request(scope), 413, message)
        await app(scope, receive, send)


HANDLERS: dict[Any, Any] = {
    HTTPException: refused,
    RequestValidationError: invalid,
    ReadingError: unread,
    StoreError: unstored,
    Exception: failed,
}
