"""The rulebook over HTTP: the rules, and the days that are worked."""

from __future__ import annotations

from domain.rules.rulebook import AnnounceYear, ChangeDays
from interfaces.http.routes import Accepts

RULES = (
    Accepts("/calendar/years", AnnounceYear),
    Accepts("/calendar/days", ChangeDays),
)
