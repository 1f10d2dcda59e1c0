"""Everything the application consists of. What is not listed here does not exist; a law of the house looks for it."""

from __future__ import annotations

from application.account.account_list import AccountList
from application.account.delegated_authority_is_received import DelegatedAuthorityIsReceived
from application.advice.advice_register import AdviceRegister
from application.advice.recordings_checked import RecordingsChecked
from application.agent.agent_register import AgentRegister
from application.catastrophe.catastrophe_register import CatastropheRegister
from application.claim.arrived_premium_releases_the_claim import ArrivedPremiumReleasesTheClaim
from application.claim.claim_ledger import ClaimLedger
from application.claim.claim_register import ClaimRegister
from application.claim.claims_by_catastrophe import ClaimsByCatastrophe
from application.claim.claims_by_line import ClaimsByLine
from application.claim.investigation_desk import InvestigationDesk
from application.claim.overdue_premium_holds_the_claim import OverduePremiumHoldsTheClaim
from application.commission.commission_by_agent import CommissionByAgent
from application.commission.commission_ledger import CommissionLedger
from application.commission.ended_policy_takes_commission_back import EndedPolicyTakesCommissionBack
from application.commission.paid_premium_earns_commission import PaidPremiumEarnsCommission
from application.complaint.complaint_register import ComplaintRegister
from application.customer.customer_directory import CustomerDirectory
from application.dispute.changed_decision_reopens_the_claim import ChangedDecisionReopensTheClaim
from application.dispute.dispute_register import DisputeRegister
from application.docket.deadlines_are_told import DeadlinesAreTold
from application.docket.dockets import Dockets
from application.duty.duty_register import DutyRegister
from application.improvement.stages import Stages
from application.policy.agreed_renewals_are_made import AgreedRenewalsAreMade
from application.policy.book_by_line import BookByLine
from application.policy.overdue_premiums_are_noted import OverduePremiumsAreNoted
from application.policy.policy_register import PolicyRegister
from application.policy.policy_transactions import PolicyTransactions
from application.policy.premiums_due import PremiumsDue
from application.policy.renewals import Renewals
from application.policy.renewals_are_offered import RenewalsAreOffered
from application.policy.silence_is_consent import SilenceIsConsent
from application.policy.underwriting_desk import UnderwritingDesk
from application.product.product_catalogue import ProductCatalogue
from application.profile.profile_sheets import ProfileSheets
from application.projection import Projection
from application.rating.rating_register import RatingRegister
from application.reaction import Reaction
from application.report import Report
from application.round import Round
from application.sanction.sanction_register import SanctionRegister
from application.standard.acknowledgement_rate import AcknowledgementRate
from application.standard.acknowledgements import Acknowledgements
from application.standard.approved_standard_takes_effect import ApprovedStandardTakesEffect
from application.standard.effective_standard_changes_the_rulebook import EffectiveStandardChangesTheRulebook
from application.standard.standard_comments import StandardComments
from application.standard.standard_versions import StandardVersions
from application.standard.standards_register import StandardsRegister
from application.supervision.audit_trail import AuditTrail
from application.survey.closed_complaint_asks_for_a_survey import ClosedComplaintAsksForASurvey
from application.survey.settled_claim_asks_for_a_survey import SettledClaimAsksForASurvey
from application.survey.survey_desk import SurveyDesk

PROJECTIONS: tuple[type[Projection], ...] = (
    ProductCatalogue,
    CustomerDirectory,
    ProfileSheets,
    AgentRegister,
    AdviceRegister,
    UnderwritingDesk,
    PolicyRegister,
    PolicyTransactions,
    PremiumsDue,
    Renewals,
    CommissionLedger,
    RatingRegister,
    ClaimRegister,
    ClaimLedger,
    InvestigationDesk,
    CatastropheRegister,
    SanctionRegister,
    DisputeRegister,
    ComplaintRegister,
    Dockets,
    Stages,
    DutyRegister,
    SurveyDesk,
    AccountList,
    StandardsRegister,
    StandardVersions,
    StandardComments,
    Acknowledgements,
    AuditTrail,
)

REACTIONS: tuple[type[Reaction], ...] = (
    OverduePremiumHoldsTheClaim,
    ArrivedPremiumReleasesTheClaim,
    SettledClaimAsksForASurvey,
    EffectiveStandardChangesTheRulebook,
    ClosedComplaintAsksForASurvey,
    SilenceIsConsent,
    ChangedDecisionReopensTheClaim,
    PaidPremiumEarnsCommission,
    EndedPolicyTakesCommissionBack,
    DelegatedAuthorityIsReceived,
)

REPORTS: tuple[type[Report], ...] = (
    BookByLine,
    RecordingsChecked,
    CommissionByAgent,
    ClaimsByLine,
    ClaimsByCatastrophe,
    AcknowledgementRate,
)

ROUNDS: tuple[type[Round], ...] = (
    OverduePremiumsAreNoted,
    RenewalsAreOffered,
    AgreedRenewalsAreMade,
    DeadlinesAreTold,
    ApprovedStandardTakesEffect,
)
