"""Deadlines over HTTP: what is due, how it was counted, and more time."""

from __future__ import annotations

from application.docket.dockets import Dockets
from domain.docket import commands
from interfaces.http.routes import Accepts, Shows

DOCKETS = (
    Shows("", Dockets),
    Shows("", Dockets, one=True),
    Accepts("/extension", commands.AskExtension),
    Accepts("/extension/approval", commands.GrantExtension),
    Accepts("/extension/refusal", commands.DeclineExtension),
    Accepts("/rejudging", commands.RejudgeClock),
)
