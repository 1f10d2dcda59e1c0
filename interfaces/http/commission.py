"""Commission over HTTP: the ledger, the scales, sharing and adjusting."""

from __future__ import annotations

from application.commission.commission_ledger import CommissionLedger
from domain.commission import ApproveAdjustment, AskAdjustment, DeclineAdjustment, SplitCommission
from domain.scale import SetScale
from interfaces.http.routes import Accepts, Shows

COMMISSIONS = (
    Shows("", CommissionLedger),
    Accepts("/shares", SplitCommission),
    Accepts("/adjustments", AskAdjustment),
    Accepts("/adjustments/approval", ApproveAdjustment),
    Accepts("/adjustments/refusal", DeclineAdjustment),
)
SCALES = (Accepts("", SetScale),)
