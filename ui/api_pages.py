"""The pages for people: the chat in both languages, the pages of the library, and the login."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from datetime import timedelta

from ui.access import LOGIN_COOKIE, cookie_header
from ui.api_problems import ProblemError
from ui.api_web import Web
from ui.frames import LibraryEntry
from ui.login_page import login_page
from ui.site import ROOTS, Site, Visit
from ui.text import Language

_ASSETS = Path(__file__).parent / "assets"
