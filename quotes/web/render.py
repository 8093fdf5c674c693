"""Templates to pages; all that is put into them is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from quotes.web.security import SEED, Forms
from quotes.web.shown import told

FOLDER = Path(__file__).parent / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES = Jinja2Templates(env=ENVIRONMENT)


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page; the browser gets its seed for forms with the first (see ``security.Forms``)."""
    forms: Forms = request.app.state.forms
    seed = forms.seed(request)
    response = TEMPLATES.TemplateResponse(request, template, values | {"form_token": forms.seal(seed)}, status)
    if SEED not in request.cookies:
        response.set_cookie(SEED, seed, httponly=True, samesite="strict")
    return response


def fragment(request: Request, template: str, **values: Any) -> Markup:
    """A piece of a page that ``render`` gives in answer to the same request."""
    forms: Forms = request.app.state.forms
    token = forms.seal(forms.seed(request))
    return Markup(ENVIRONMENT.get_template(template).render(values, form_token=token))


def moment(at: str) -> str:
    """A time as the database has it, for a reader: "2024-05-03 09:30 UTC"."""
    return f"{at[:10]} {at[11:16]} UTC"


def counted(number: int, one: str) -> str:
    """So many of something: "1 quote", "2,300 quotes"."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


ENVIRONMENT.globals["told"] = told
ENVIRONMENT.filters["percent"] = lambda share: f"{100 * share:.0f} %"
ENVIRONMENT.filters["moment"] = moment
ENVIRONMENT.filters["counted"] = counted
ENVIRONMENT.filters["capitalize_first"] = lambda words: words[:1].upper() + words[1:]
