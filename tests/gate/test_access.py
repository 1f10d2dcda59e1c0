"""Who acts in which role, who sees what, and that a customer never sees another's affairs."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.access import Caller
from application.account.account_list import AccountList
from application.catalogue import PROJECTIONS
from application.claim.claim_register import ClaimRegister
from application.product.product_catalogue import ProductCatalogue
from application.supervision.audit_trail import AuditTrail
from domain.words import STAFF, Role
from tests.samples import CUSTOMER_ID

OPEN_TO_ALL = {ProductCatalogue}
"""What an insurer sells is nobody's own affair."""

FOR_CUSTOMERS = [each for each in PROJECTIONS if Role.CUSTOMER in each.shown_to]
ROLES = st.lists(st.sampled_from(Role), min_size=1, max_size=4, unique=True).map(tuple)


def caller(*roles: Role, party: UUID | None = None, authority: int = 0) -> Caller:
    return Caller(UUID(int=1), "han", "韩梅", roles, authority, party)


WANG = caller(Role.CUSTOMER, party=CUSTOMER_ID)


@pytest.mark.parametrize("projection", FOR_CUSTOMERS, ids=lambda projection: projection.name)
def test_whatever_is_shown_to_customers_says_whose_it_is_but_for_the_product_catalogue(projection):
    assert bool(projection.own) != (projection in OPEN_TO_ALL)
    assert not projection.own or projection.own in projection.row.model_fields


@pytest.mark.parametrize("projection", FOR_CUSTOMERS, ids=lambda projection: projection.name)
@whatever(party=st.uuids())
def test_a_customer_is_always_confined_to_what_is_their_own(projection, party):
    confined = caller(Role.CUSTOMER, party=party).confines(projection)
    assert confined == (projection.open_to_customers if projection in OPEN_TO_ALL else {projection.own: party})
    assert confined


@pytest.mark.parametrize("projection", FOR_CUSTOMERS, ids=lambda projection: projection.name)
def test_a_customer_of_whom_we_do_not_know_who_it_is_does_not_see_what_is_nobodys(projection):
    assert None not in caller(Role.CUSTOMER).confines(projection).values()


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda projection: projection.name)
@whatever(roles=ROLES)
def test_who_sees_something_only_as_a_customer_is_confined_whatever_else_they_are(projection, roles):
    someone = caller(*roles, party=CUSTOMER_ID)
    as_staff = any(role in projection.shown_to for role in roles if role is not Role.CUSTOMER)
    if someone.sees(projection.shown_to) and projection not in OPEN_TO_ALL:
        assert bool(someone.confines(projection)) == (not as_staff)


def test_the_staff_see_every_claim_and_a_customer_only_those_of_their_own():
    assert caller(Role.CLAIMS_HANDLER).confines(ClaimRegister) == {}
    assert WANG.confines(ClaimRegister) == {"customer": CUSTOMER_ID}


def test_nobody_sees_what_is_shown_to_none_of_their_roles():
    assert not WANG.sees(AccountList.shown_to)
    assert not caller(Role.ADMINISTRATOR).sees(STAFF)
    assert caller(Role.AGENT, Role.AUDITOR).sees(AuditTrail.shown_to)


@whatever(roles=ROLES, may=st.frozensets(st.sampled_from(Role)))
def test_a_caller_acts_in_the_first_role_that_may_and_else_in_the_first_to_be_refused_in_it(roles, may):
    actor = caller(*roles, party=CUSTOMER_ID, authority=7).acting(may)
    allowed = [role for role in roles if role in may]
    assert actor.role is (allowed or roles)[0]
    # A customer's login may well tell who they are.
    assert actor.name == (f"customer-{str(CUSTOMER_ID)[-8:]}" if actor.role is Role.CUSTOMER else "han")
    assert (actor.party, actor.authority) == (CUSTOMER_ID, 7)
