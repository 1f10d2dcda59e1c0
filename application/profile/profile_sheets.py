"""What is known of each customer's needs, means and tolerance of risk, and whether their identity was verified."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.product import Line
from domain.profile import (
    Capacity,
    IdentityVerified,
    Means,
    Need,
    Profile,
    ProfileTaken,
    Tolerance,
    ToleranceAssessed,
)
from domain.words import Role


class ProfileSheet(Row):
    key = ("profile",)
    order = ("customer",)
    indexes = ("customer",)
    personal = ("needs", "means", "held", "capacity", "tolerance")
    person = "customer"

    profile: UUID
    customer: UUID
    taken_on: date | None = None
    needs: tuple[Need, ...] = ()
    means: Means | None = None
    held: tuple[Line, ...] = ()
    capacity: Capacity | None = None
    tolerance: Tolerance | None = None
    assessed_on: date | None = None
    verified_on: date | None = None


class ProfileSheets(Projection):
    name = "profile_sheets"
    says = ("客户画像", "Customers' profiles")
    row = ProfileSheet
    hears = events_of(Profile)
    shown_to = frozenset(
        {Role.AGENT, Role.SERVICE, Role.UNDERWRITER, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR, Role.CUSTOMER}
    )
    own = "customer"

    @staticmethod
    def evolve(row: ProfileSheet | None, recorded: Recorded) -> ProfileSheet | None:
        match recorded.event:
            case ProfileTaken() as event:
                names = ("taken_on", "needs", "means", "held", "capacity")
                told = {name: getattr(event, name) for name in names}
                return _of(row, recorded, event.customer).but(**told)
            case ToleranceAssessed(customer=customer, tolerance=tolerance, assessed_on=assessed_on):
                return _of(row, recorded, customer).but(tolerance=tolerance, assessed_on=assessed_on)
            case IdentityVerified(customer=customer, verified_on=verified_on):
                return _of(row, recorded, customer).but(verified_on=verified_on)
        return row


def _of(row: ProfileSheet | None, recorded: Recorded, customer: UUID) -> ProfileSheet:
    return row or ProfileSheet(profile=recorded.stream, customer=customer)
