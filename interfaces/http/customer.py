"""Customers over HTTP."""

from __future__ import annotations

from application.customer.customer_directory import CustomerDirectory
from domain import customer as c
from interfaces.http.routes import Accepts, Shows

CUSTOMERS = (
    Shows("", CustomerDirectory),
    Shows("", CustomerDirectory, one=True),
    Accepts("", c.RegisterCustomer),
    Accepts("/correction", c.CorrectCustomer),
    Accepts("/contacts", c.NoteContact),
    Accepts("/legal-hold", c.PlaceLegalHold),
    Accepts("/legal-hold/release", c.ReleaseLegalHold),
    Accepts("/forgetting", c.ForgetPerson),
)
