"""Customers' profiles over HTTP."""

from __future__ import annotations

from application.profile.profile_sheets import ProfileSheets
from domain import profile
from interfaces.http.routes import Accepts, Shows

PROFILES = (
    Shows("", ProfileSheets),
    Shows("", ProfileSheets, one=True),
    Accepts("", profile.TakeProfile),
    Accepts("/tolerance", profile.AssessTolerance),
    Accepts("/identity", profile.VerifyIdentity),
)
