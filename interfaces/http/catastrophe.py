"""Catastrophes over HTTP."""

from __future__ import annotations

from application.catastrophe.catastrophe_register import CatastropheRegister
from domain.catastrophe import DeclareCatastrophe, EndCatastrophe
from interfaces.http.routes import Accepts, Shows

CATASTROPHES = (
    Shows("", CatastropheRegister),
    Shows("", CatastropheRegister, one=True),
    Accepts("", DeclareCatastrophe),
    Accepts("/ending", EndCatastrophe),
)
