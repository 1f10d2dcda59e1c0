"""Which lists there are: of which read model, at which address, with which columns and filters."""

from __future__ import annotations

from dataclasses import dataclass

from application.account.account_list import AccountList
from application.advice.advice_register import AdviceRegister
from application.agent.agent_register import AgentRegister
from application.catastrophe.catastrophe_register import CatastropheRegister
from application.claim.claim_register import ClaimRegister
from application.claim.investigation_desk import InvestigationDesk
from application.commission.commission_ledger import CommissionLedger
from application.complaint.complaint_register import ComplaintRegister
from application.customer.customer_directory import CustomerDirectory
from application.dispute.dispute_register import DisputeRegister
from application.docket.dockets import Dockets
from application.duty.duty_register import DutyRegister
from application.policy.policy_register import PolicyRegister
from application.policy.premiums_due import PremiumsDue
from application.policy.renewals import Renewals
from application.policy.underwriting_desk import UnderwritingDesk
from application.product.product_catalogue import ProductCatalogue
from application.profile.profile_sheets import ProfileSheets
from application.projection import Projection
from application.rating.rating_register import RatingRegister
from application.sanction.sanction_register import SanctionRegister
from application.standard.acknowledgements import Acknowledgements
from application.standard.standards_register import StandardsRegister
from application.supervision.audit_trail import AuditTrail
from application.survey.survey_desk import SurveyDesk


@dataclass(frozen=True, slots=True)
class Listing:
    """A read model as a list: its address, its columns (the first leads to the case), its filters."""

    path: str
    projection: type[Projection]
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    newest: bool = True
    leads: str = ""


LISTINGS = (
    Listing(
        "products",
        ProductCatalogue,
        ("code", "name", "line", "stage", "version", "grade", "form", "insured", "sold_from", "withdrawn_on"),
        ("line", "stage", "grade", "form", "insured"),
        newest=False,
        leads="product",
    ),
    Listing(
        "customers",
        CustomerDirectory,
        ("number", "name", "nature", "sex", "born_on", "phone", "occupation", "registered_on", "contacted_on"),
        ("nature", "sex"),
        leads="customer",
    ),
    Listing(
        "agents",
        AgentRegister,
        ("code", "name", "engagement", "standing", "grade", "lines", "valid_until", "appointed_until", "violations"),
        ("standing", "engagement", "grade"),
        newest=False,
        leads="agent",
    ),
    Listing(
        "profiles",
        ProfileSheets,
        ("customer", "taken_on", "needs", "tolerance", "assessed_on", "verified_on"),
        ("tolerance", "customer"),
        leads="profile",
    ),
    Listing(
        "advice",
        AdviceRegister,
        ("number", "stage", "customer", "seller", "channel", "begun_on", "insisted", "recording", "faulty_on"),
        ("stage", "channel", "seller", "customer"),
        leads="advice",
    ),
    Listing(
        "underwriting",
        UnderwritingDesk,
        ("application", "stage", "product_code", "customer", "sum_insured", "open", "needs", "referred", "special"),
        ("stage", "line", "referred", "verdict", "customer"),
        leads="policy",
    ),
    Listing(
        "policies",
        PolicyRegister,
        (
            *("number", "status", "line", "product_code", "customer", "insured", "sum_insured", "premium"),
            *("starts_on", "ends_on"),
        ),
        ("status", "line", "verdict", "channel", "customer", "product", "delivered_on"),
        leads="policy",
    ),
    Listing(
        "claims",
        ClaimRegister,
        (
            *("number", "status", "line", "cause", "loss_on", "customer", "policy_number", "claimed", "payable"),
            *("paid", "holds", "outcome"),
        ),
        ("status", "track", "line", "cause", "outcome", "channel", "customer", "policy"),
        leads="claim",
    ),
    Listing(
        "complaints",
        ComplaintRegister,
        (
            *("number", "status", "matter", "line", "received_on", "complainant", "customer", "handler", "complex"),
            *("paused", "told_on", "finding", "ending"),
        ),
        (
            *("status", "matter", "source", "line", "channel", "finding", "ending", "major", "paused", "handler"),
            *("customer", "policy", "claim"),
        ),
        leads="complaint",
    ),
    Listing(
        "premiums",
        PremiumsDue,
        ("number", "customer", "due_on", "due", "grace_until", "premium", "paid", "instalments"),
        ("customer",),
        newest=False,
        leads="policy",
    ),
    Listing(
        "deadlines",
        Dockets,
        ("number", "capability", "urgency", "rule", "urgent_at", "open", "missed", "provisional"),
        ("urgency", "rule", "provisional"),
        newest=False,
        leads="case",
    ),
    Listing(
        "duties",
        DutyRegister,
        ("number", "rule", "about", "owner", "arose_on", "standing", "done_on", "evidence"),
        ("standing", "rule", "owner"),
        leads="duty",
    ),
    Listing(
        "renewals",
        Renewals,
        ("number", "stage", "ends_on", "always", "renewed"),
        ("stage",),
        newest=False,
        leads="policy",
    ),
    Listing(
        "commissions",
        CommissionLedger,
        ("policy", "agent", "booking", "amount", "booked_on", "approver"),
        ("booking",),
    ),
    Listing(
        "ratings",
        RatingRegister,
        ("customer", "tier", "score", "factors", "rated_on", "again_on"),
        ("tier",),
        newest=False,
    ),
    Listing(
        "catastrophes",
        CatastropheRegister,
        ("code", "title", "causes", "starts_on", "ends_on", "ended_on"),
        ("ended",),
        leads="catastrophe",
    ),
    Listing(
        "investigations",
        InvestigationDesk,
        ("claim", "inquiry", "method", "investigator", "ordered_on", "due_on", "finding", "reported_on"),
        ("open",),
        newest=False,
        leads="claim",
    ),
    Listing(
        "sanctions",
        SanctionRegister,
        ("entry", "name", "source", "listed_on", "listed", "ended_on"),
        ("source", "listed"),
        leads="sanction",
    ),
    Listing(
        "disputes",
        DisputeRegister,
        ("number", "stage", "level", "customer", "claim", "opened_on", "reviewer", "hearing_on", "result", "closed_on"),
        ("stage", "level", "kind", "result", "reviewer", "customer", "claim"),
        leads="dispute",
    ),
    Listing(
        "surveys",
        SurveyDesk,
        ("asked_on", "touchpoint", "about", "customer", "answered_on", "satisfaction", "recommend", "comment"),
        ("touchpoint", "satisfaction", "answered_on", "customer", "about"),
        leads="survey",
    ),
    Listing(
        "accounts",
        AccountList,
        ("login", "name", "roles", "authority", "customer", "suspended"),
        ("suspended",),
        newest=False,
        leads="account",
    ),
    Listing(
        "standards",
        StandardsRegister,
        (
            *(
                "code",
                "title_zh",
                "title_en",
                "phase",
                "current",
                "effective_on",
                "owner",
                "next_version",
                "next_phase",
            ),
            *("next_effective_on", "until", "unanswered", "review_on"),
        ),
        ("phase", "next_phase", "owner"),
        newest=False,
        leads="standard",
    ),
    Listing(
        "acknowledgements",
        Acknowledgements,
        ("standard", "version", "reader", "role", "acknowledged_on"),
        ("standard", "version", "role", "reader"),
    ),
    Listing(
        "trail",
        AuditTrail,
        ("position", "recorded_at", "event", "kind", "stream", "version", "actor", "role", "rules", "occurred_at"),
        ("kind", "event", "actor", "role", "stream", "command", "correlation"),
    ),
)
