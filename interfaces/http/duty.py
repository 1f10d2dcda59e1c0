"""Duties over HTTP."""

from __future__ import annotations

from application.duty.duty_register import DutyRegister
from domain import duty
from interfaces.http.routes import Accepts, Shows

DUTIES = (
    Shows("", DutyRegister),
    Shows("", DutyRegister, one=True),
    Accepts("", duty.OpenDuty),
    Accepts("/pause", duty.PauseDuty),
    Accepts("/resumption", duty.ResumeDuty),
    Accepts("/discharge", duty.DischargeDuty),
    Accepts("/dropping", duty.DropDuty),
)
