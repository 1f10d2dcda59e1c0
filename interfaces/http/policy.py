"""Policies over HTTP."""

from __future__ import annotations

from application.policy.policy_register import PolicyRegister
from application.policy.policy_transactions import PolicyTransactions
from application.policy.premiums_due import PremiumsDue
from domain.policy import callback, lapse, premium, sale, service
from domain.policy.state import Policy
from interfaces.http.missing import Missing
from interfaces.http.routes import Accepts, Shows

POLICIES = (
    Shows("", PolicyRegister),
    Shows("/transactions", PolicyTransactions),
    Shows("/premiums-due", PremiumsDue),
    Shows("", PolicyRegister, one=True),
    Missing(Policy),
    Accepts("", sale.ApplyForPolicy),
    Accepts("/taken-over", sale.TakeOverPolicy),
    Accepts("/disclosure", sale.AnswerDisclosure),
    Accepts("/underwriting", sale.DecideUnderwriting),
    Accepts("/signature", sale.SignPolicy),
    Accepts("/premiums", sale.PayPremium),
    Accepts("/issue", sale.IssuePolicy),
    Accepts("/delivery", sale.DeliverPolicy),
    Accepts("/call-back", callback.CallBack),
    Accepts("/call-back-settlement", callback.SettleCallBackFault),
    Accepts("/non-disclosure", callback.NoteNonDisclosure),
    Accepts("/endorsements", service.EndorsePolicy),
    Accepts("/renewal", service.RenewPolicy),
    Accepts("/dunning", premium.DunPremium),
    Accepts("/lapse", lapse.LapsePolicy),
    Accepts("/lapse-notice", lapse.SendLapseNotice),
    Accepts("/reinstatement-request", lapse.RequestReinstatement),
    Accepts("/reinstatement-refusal", lapse.RefuseReinstatement),
    Accepts("/reinstatement", lapse.ReinstatePolicy),
    Accepts("/cancellation", service.CancelPolicy),
)
