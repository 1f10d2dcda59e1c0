"""Risk ratings of customers over HTTP."""

from __future__ import annotations

from application.rating.rating_register import RatingRegister
from domain.rating import RateCustomer
from interfaces.http.routes import Accepts, Shows

RATINGS = (
    Shows("", RatingRegister),
    Accepts("", RateCustomer),
)
