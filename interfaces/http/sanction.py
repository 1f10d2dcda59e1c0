"""Sanction lists over HTTP."""

from __future__ import annotations

from application.sanction.sanction_register import SanctionRegister
from domain.sanction import DelistParty, ListParty
from interfaces.http.routes import Accepts, Shows

SANCTIONS = (
    Shows("", SanctionRegister),
    Accepts("", ListParty),
    Accepts("/removal", DelistParty),
)
