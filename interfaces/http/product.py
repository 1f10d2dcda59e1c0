"""Products over HTTP."""

from __future__ import annotations

from application.product.product_catalogue import ProductCatalogue
from domain import product as p
from interfaces.http.routes import Accepts, Shows

PRODUCTS = (
    Shows("", ProductCatalogue),
    Shows("", ProductCatalogue, one=True),
    Accepts("", p.DraftProduct),
    Accepts("/revisions", p.ReviseProduct),
    Accepts("/filing", p.FileProduct),
    Accepts("/sale", p.PutProductOnSale),
    Accepts("/withdrawal", p.WithdrawProduct),
)
