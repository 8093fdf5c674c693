"""What requests bring with them: the database, who asks, and the kinds of values that forms and addresses have."""

from __future__ import annotations

import getpass
from typing import Annotated
from urllib.parse import quote as quoted
from urllib.parse import unquote

from fastapi import Depends, Form, Query, Request
from pydantic import Field
from starlette.responses import Response

from quotes.store import Store

NAME = "quotes_name"
"""The cookie that remembers who checks."""
YEAR = 365 * 24 * 3600
LONGEST_NAME = 100


def database(request: Request) -> Store:
    """The open database."""
    store: Store = request.app.state.store
    return store


def who(request: Request, who: Annotated[str, Form(max_length=LONGEST_NAME)] = "") -> str:
    """Who checks: as the form says, else as before, else whose machine it is."""
    return who.strip() or known(request)


def known(request: Request) -> str:
    """Who checked last in this browser; on their own machine without a token, whose account it is; else ""."""
    if name := unquote(request.cookies.get(NAME, "")).strip()[:LONGEST_NAME]:
        return name
    if request.app.state.token is not None:
        return ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""


def remember(response: Response, name: str) -> Response:
    """Let the browser keep who checks."""
    response.set_cookie(NAME, quoted(name), max_age=YEAR, httponly=True, samesite="strict")
    return response


Db = Annotated[Store, Depends(database)]
Who = Annotated[str, Depends(who)]
Page = Annotated[int, Query(ge=1, le=10**6)]
Words = Annotated[str, Form(max_length=500)]
Then = Annotated[str, Form(max_length=500)]
QuoteId = Annotated[str, Field(max_length=100)]
