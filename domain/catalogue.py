"""Everything the domain consists of. What is not listed here does not exist; a law of the house looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from domain import account, catastrophe, commission, customer, duty, product, profile, rating, sanction, scale, survey
from domain.account import Account
from domain.advice import commands as advice
from domain.advice.state import Advice
from domain.agent import commands as agent
from domain.agent.state import Agent
from domain.catastrophe import Catastrophe
from domain.claim import closing, intake, investigation, matching, payment, request, result, settlement, triage
from domain.claim.state import Claim
from domain.commission import Commission
from domain.complaint import answer, handling, period, receipt
from domain.complaint import review as complaint_review
from domain.complaint.state import Complaint
from domain.customer import Customer
from domain.dispute import commands as dispute
from domain.dispute import contesting
from domain.dispute import review as dispute_review
from domain.dispute.state import Dispute
from domain.docket import commands as docket
from domain.docket.state import Docket
from domain.duty import Duty
from domain.kernel import EVENTS, Aggregate, Command, Event
from domain.losses import Losses
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
from domain.product import Product
from domain.profile import Profile
from domain.rating import Rating
from domain.reservation import Reservation
from domain.rules import rulebook
from domain.rules.rulebook import Rulebook
from domain.sanction import Sanction
from domain.scale import Scale
from domain.standard import commands as standard
from domain.standard.state import Standard
from domain.survey import Survey
from domain.tally import Tally

AGGREGATES: tuple[type[Aggregate], ...] = (
    Product,
    Customer,
    Profile,
    Agent,
    Advice,
    Policy,
    Losses,
    Rating,
    Scale,
    Commission,
    Claim,
    Sanction,
    Catastrophe,
    Dispute,
    Complaint,
    Docket,
    Duty,
    Survey,
    Account,
    Standard,
    Rulebook,
    Reservation,
    Tally,
)


HANDBOOKS: tuple[ModuleType, ...] = (
    product,
    customer,
    agent,
    profile,
    advice,
    application,
    sale,
    examination,
    underwriting,
    callback,
    service,
    servicing,
    renewal,
    premium,
    lapse,
    scale,
    commission,
    rating,
    intake,
    matching,
    request,
    triage,
    investigation,
    settlement,
    result,
    payment,
    closing,
    sanction,
    catastrophe,
    dispute,
    contesting,
    dispute_review,
    receipt,
    handling,
    period,
    answer,
    complaint_review,
    docket,
    duty,
    survey,
    account,
    rulebook,
    standard,
)
"""Where the commands are written, in the order in which they are told of."""


def _commands(handbook: ModuleType) -> Iterator[type[Command]]:
    """Those that are written there themselves; what several have in common says nothing."""
    for each in vars(handbook).values():
        if isinstance(each, type) and issubclass(each, Command) and each.__module__ == handbook.__name__:
            yield from (each,) if hasattr(each, "says") else ()


COMMANDS: tuple[type[Command], ...] = tuple(each for handbook in HANDBOOKS for each in _commands(handbook))


def capability(thing: type) -> str:
    """The one word by which a command, event or aggregate is found in every layer."""
    return thing.__module__.split(".")[1]


def events_of(kind: type[Aggregate]) -> tuple[type[Event], ...]:
    """The events that this aggregate's streams are made of: those of its own capability."""
    return tuple(dict.fromkeys(event for event in EVENTS.values() if capability(event) == capability(kind)))


AGGREGATE_OF: dict[str, type[Aggregate]] = {event.__name__: kind for kind in AGGREGATES for event in events_of(kind)}
"""The aggregate that an event belongs to, by the event's name."""
