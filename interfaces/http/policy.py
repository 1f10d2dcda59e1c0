"""Policies over HTTP."""

from __future__ import annotations

from application.policy.policy_register import PolicyRegister
from application.policy.policy_transactions import PolicyTransactions
from application.policy.premiums_due import PremiumsDue
from application.policy.renewals import Renewals
from application.policy.underwriting_desk import UnderwritingDesk
from domain.policy import (
    application,
    callback,
    examination,
    lapse,
    premium,
    renewal,
    sale,
    service,
    servicing,
    underwriting,
)
from domain.policy.state import Policy
from interfaces.http.missing import Missing
from interfaces.http.routes import Accepts, Shows

POLICIES = (
    Shows("", PolicyRegister),
    Shows("/transactions", PolicyTransactions),
    Shows("/premiums-due", PremiumsDue),
    Shows("/underwriting", UnderwritingDesk),
    Shows("/renewals", Renewals),
    Shows("", PolicyRegister, one=True),
    Missing(Policy),
    Accepts("", application.ApplyForPolicy),
    Accepts("/taken-over", sale.TakeOverPolicy),
    Accepts("/disclosure", sale.AnswerDisclosure),
    Accepts("/wanting", examination.FindWanting),
    Accepts("/corrections", examination.AskCorrections),
    Accepts("/completion", examination.CompleteApplication),
    Accepts("/examination", examination.AskExamination),
    Accepts("/examination-report", examination.ReceiveExamination),
    Accepts("/issues", underwriting.RaiseIssue),
    Accepts("/issues/referral", underwriting.ReferIssue),
    Accepts("/issues/ruling", underwriting.RuleIssue),
    Accepts("/issues/special-approval", underwriting.ApproveSpecially),
    Accepts("/issues/reopening", underwriting.ReopenIssue),
    Accepts("/underwriting", underwriting.DecideUnderwriting),
    Accepts("/refusal", underwriting.TellRefusal),
    Accepts("/offer", underwriting.MakeOffer),
    Accepts("/consent", sale.ConsentToCover),
    Accepts("/withdrawal", sale.WithdrawApplication),
    Accepts("/signature", sale.SignPolicy),
    Accepts("/premiums", sale.PayPremium),
    Accepts("/issue", sale.IssuePolicy),
    Accepts("/delivery", sale.DeliverPolicy),
    Accepts("/call-back", callback.CallBack),
    Accepts("/call-back-settlement", callback.SettleCallBackFault),
    Accepts("/non-disclosure", callback.NoteNonDisclosure),
    Accepts("/endorsements", service.EndorsePolicy),
    Accepts("/service-requests", servicing.RequestService),
    Accepts("/service-corrections", servicing.TellServiceCorrections),
    Accepts("/service-acceptance", servicing.AcceptService),
    Accepts("/service-refusal", servicing.DeclineService),
    Accepts("/service-completion", servicing.CompleteService),
    Accepts("/beneficiaries", servicing.ChangeBeneficiaries),
    Accepts("/hold", servicing.HoldPolicy),
    Accepts("/release", servicing.ReleasePolicy),
    Accepts("/renewal-offer", renewal.OfferRenewal),
    Accepts("/renewal-agreement", renewal.AgreeRenewal),
    Accepts("/renewal-refusal", renewal.DeclineRenewal),
    Accepts("/refund", renewal.PayRefund),
    Accepts("/maturity", renewal.MaturePolicy),
    Accepts("/renewal", service.RenewPolicy),
    Accepts("/dunning", premium.DunPremium),
    Accepts("/lapse", lapse.LapsePolicy),
    Accepts("/lapse-notice", lapse.SendLapseNotice),
    Accepts("/reinstatement-request", lapse.RequestReinstatement),
    Accepts("/reinstatement-refusal", lapse.RefuseReinstatement),
    Accepts("/reinstatement", lapse.ReinstatePolicy),
    Accepts("/cancellation", service.CancelPolicy),
)
