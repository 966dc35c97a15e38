"""The page where people log in, and out again. Pure: text in, HTML out."""

from __future__ import annotations

from ui.cards import escape
from ui.page_shell import Dress, Page, address, shell
from ui.text import WORDINGS


def login_page(dress: Dress, *, back: str, user: str = "", failed: bool = False) -> Page:
    """A form for name and password, or for somebody who has logged in, one to log out.

    Args:
        dress: of every page.
        back: the page of ours to go on with.
        user: who has logged in, if anybody.
        failed: whether name or password were wrong just now.
    """
    wording = dress.wording
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    body = _leave(user, dress) if user else _enter(back, dress, failed=failed)
    title = wording.log_out if user else wording.login_title
    return shell(
        title,
        f'<section class="login"><h1>{escape(title)}</h1>{body}</section>',
        dress,
        other_language_url=address("/login", other, next=back),
    )


def back_to(given: str) -> str:
    """The page to go on with: one of ours, whatever the address said."""
    inside = given.startswith("/") and not given.startswith("//") and "\\" not in given
    # A tab or a line break would be left out by the browser: "/\t/elsewhere" leads elsewhere.
    return given if inside and given.isprintable() and len(given) <= 500 else "/"


def _enter(back: str, dress: Dress, *, failed: bool) -> str:
    wording = dress.wording
    problem = f'<p role="alert">{escape(wording.login_failed)}</p>' if failed else ""
    return (
        f'<form class="filters" method="post" action="{dress.link("/login")}">{problem}'
        f'<input type="hidden" name="next" value="{escape(back)}">'
        f'<label class="field">{escape(wording.login_name)}'
        '<input name="name" autocomplete="username" required maxlength="64" autofocus></label>'
        f'<label class="field">{escape(wording.login_password)}<input name="password" '
        'type="password" autocomplete="current-password" required maxlength="1000"></label>'
        f'<div class="filter-tools"><button type="submit" class="primary">'
        f"{escape(wording.login_submit)}</button></div></form><p>{escape(wording.login_hint)}</p>"
    )


def _leave(user: str, dress: Dress) -> str:
    return (
        f'<form class="filters" method="post" action="/logout"><p>{escape(user)}</p>'
        '<div class="filter-tools"><button type="submit" class="primary">'
        f"{escape(dress.wording.log_out)}</button></div></form>"
    )
