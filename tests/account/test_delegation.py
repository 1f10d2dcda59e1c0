"""Authority lent to a colleague: one's own only, for a time, taken back, and never lent on."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from application.account.delegated_authority_is_received import DelegatedAuthorityIsReceived
from domain import account as a
from domain.account import Account
from domain.words import Actor, Role
from tests.kit import STREAM, TODAY, folded, given
from tests.rows import happened

SUN = Actor("sun", Role.SUPERVISOR)
OTHER = UUID(int=9, version=4)
OPENED = a.AccountOpened(login="sun", name="孙", roles=(Role.SUPERVISOR,), authority=1000)
UNTIL = date(2026, 3, 16)
LEND = a.DelegateAuthority(to=OTHER, amount=1000, until=UNTIL, reason="on leave")
LENT = a.AuthorityDelegated(to=OTHER, amount=1000, until=UNTIL, reason="on leave")
RECEIVED = a.AuthorityReceived(giver="sun", amount=1000, until=UNTIL)
JUNIOR = a.AccountOpened(login="han", name="韩", roles=(Role.CLAIMS_HANDLER,), authority=50)


def test_one_lends_as_much_as_one_has_and_no_more():
    given(OPENED).when(LEND, by=SUN).then(LENT)
    given(OPENED).when(LEND.model_copy(update={"amount": 1001}), by=SUN).refused(a.BEYOND_OWN)


def test_nobody_lends_what_is_anothers_or_to_themselves():
    given(OPENED).when(LEND, by=Actor("han", Role.SUPERVISOR)).refused(a.NOT_OWN)
    given(OPENED).when(LEND.model_copy(update={"to": STREAM}), by=SUN).refused(a.NOT_TO_ONESELF)
    given(OPENED).when(a.RevokeDelegation(to=OTHER), by=Actor("han", Role.SUPERVISOR)).refused(a.NOT_OWN)


@pytest.mark.parametrize(("days", "lent"), [(-1, False), (0, True), (a.LONGEST, True), (a.LONGEST + 1, False)])
def test_a_delegation_has_its_end(days, lent):
    attempt = given(OPENED).when(LEND.model_copy(update={"until": TODAY + timedelta(days)}), by=SUN)
    if lent:
        assert attempt.outcome()
    else:
        attempt.refused(a.ENDS_LATE)


@pytest.mark.parametrize(("day", "authority"), [(UNTIL, 1000), (UNTIL + timedelta(1), 50)])
def test_what_is_lent_counts_until_its_last_day(day, authority):
    assert folded(Account, JUNIOR, RECEIVED).authority_on(day) == authority


def test_what_is_lent_is_not_lent_on():
    on = a.DelegateAuthority(to=OTHER, amount=51, until=UNTIL, reason="x")
    given(JUNIOR, RECEIVED).when(on, by=Actor("han", Role.CLAIMS_HANDLER)).refused(a.BEYOND_OWN)


def test_what_is_taken_back_or_lent_anew_counts_no_more():
    assert folded(Account, JUNIOR, RECEIVED, a.AuthorityReturned(giver="sun")).authority_on(TODAY) == 50
    less = a.AuthorityReceived(giver="sun", amount=60, until=UNTIL)
    assert folded(Account, JUNIOR, RECEIVED, less).authority_on(TODAY) == 60


def test_the_other_account_receives_it_once_and_returns_it_once():
    receive = a.ReceiveAuthority(giver="sun", amount=1000, until=UNTIL)
    given(JUNIOR).when(receive).then(RECEIVED)
    given(JUNIOR, RECEIVED).when(receive).then()
    given(JUNIOR, RECEIVED).when(a.ReturnAuthority(giver="sun")).then(a.AuthorityReturned(giver="sun"))
    given(JUNIOR).when(a.ReturnAuthority(giver="sun")).then()


def test_what_one_account_lends_arrives_in_the_other():
    lent = happened(LENT, actor=SUN)
    assert list(DelegatedAuthorityIsReceived.react(lent)) == [
        (OTHER, a.ReceiveAuthority(giver="sun", amount=1000, until=UNTIL))
    ]
    taken = happened(a.DelegationRevoked(to=OTHER), actor=SUN)
    assert list(DelegatedAuthorityIsReceived.react(taken)) == [(OTHER, a.ReturnAuthority(giver="sun"))]


def test_who_is_suspended_lends_nothing_any_more():
    suspend = a.SuspendAccount(reason="on leave")
    chief = Actor("chief", Role.ADMINISTRATOR)
    back = a.DelegationRevoked(to=OTHER, giver="sun")
    after = given(OPENED, LENT).when(suspend, by=chief).then(a.AccountSuspended(reason="on leave"), back)
    assert after.suspended and not after.lent
    told = happened(back, actor=chief)
    assert list(DelegatedAuthorityIsReceived.react(told)) == [(OTHER, a.ReturnAuthority(giver="sun"))]
