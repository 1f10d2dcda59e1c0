"""What a case lacks is told step by step before anybody tries, and it is what trying would be refused for."""

from __future__ import annotations

import pytest

from application.missing import Step, steps
from domain.catalogue import COMMANDS
from domain.claim import events as e
from domain.claim.events import Hold, Rejection
from domain.claim.state import Claim
from domain.kernel import Aggregate, Refused
from domain.policy.events import Verdict
from domain.policy.state import Policy
from domain.words import SYSTEM
from tests import samples as s
from tests.kit import TODAY, folded, moment

GATED = [each for each in COMMANDS if each.gates]
HELD = e.ClaimHeld(hold=Hold.SUSPECTED_FRAUD)
REJECTED = e.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic", decider="sun")
IN_FORCE = s.policy(*s.in_force())


def asked(case: Aggregate, *beside: Aggregate) -> dict[str, Step]:
    """The steps to which the case has come, by command."""
    commands = [each for each in GATED if each.on is type(case)]
    known = {kind: kind(id=case.id) for each in commands for kind in each.consults}
    given = moment(TODAY, actor=SYSTEM, consulted=known | {type(each): each for each in beside})
    return {each.command: each for each in steps(case, commands, given)}


def lacks(steps: dict[str, Step], command: str) -> list[str]:
    return [each.code for each in steps[command].missing]


def test_a_notice_lacks_everything_at_once():
    bare = e.NoticeGiven(number="C1", channel=s.NOTICED.channel, notice=e.Notice())
    found = asked(folded(Claim, bare))
    assert set(found) == {"RegisterClaim", "ExplainClaim", "CloseClaim"}
    assert lacks(found, "RegisterClaim") == ["claim.policy_unknown", "claim.incomplete"]


def test_a_notice_without_cover_says_so_before_anybody_registers_it():
    before = s.replaced(s.NOTICED, notice=e.Notice(loss_on=s.YEAR.starts_on.replace(year=2020), cause=s.NOTICE.cause))
    found = asked(folded(Claim, before), IN_FORCE)
    assert lacks(found, "RegisterClaim") == ["claim.not_covered_at_loss"]
    assert lacks(asked(folded(Claim, s.NOTICED), IN_FORCE), "RegisterClaim") == []


def test_an_approval_tells_of_hold_assessment_and_papers_together():
    found = asked(folded(Claim, *s.OPEN_CLAIM, s.ASKED, HELD))
    assert lacks(found, "ApproveClaim") == ["claim.on_hold", "claim.not_assessed", "claim.papers_missing"]
    assert lacks(found, "RejectClaim") == ["claim.on_hold"]
    papers = found["ApproveClaim"].missing[2].says
    assert papers == ("尚缺资料：发票、索赔申请书", "documents still missing: invoice, claim form")


def test_what_a_rule_demands_is_told_with_rule_and_article():
    [untold] = asked(folded(Claim, *s.PAYABLE))["AgreeSettlement"].missing
    assert (untold.code, untold.rule) == ("claim.untold", "CLAIM-TELL-RESULT")
    assert "保险法" in untold.ground[0] and "art 23(1)" in untold.ground[0]


@pytest.mark.parametrize(
    ("history", "steps"),
    [
        (s.PAYABLE, {"TellDecision": [], "AgreeSettlement": ["claim.untold"], "PayClaim": []}),
        ((*s.PAYABLE, s.TOLD), {"AgreeSettlement": [], "CloseClaim": ["claim.still_owed"]}),
        ((*s.PAYABLE, HELD), {"PayClaim": ["claim.on_hold"]}),
        ((*s.OPEN_CLAIM, REJECTED), {"SendRejection": [], "CloseClaim": ["claim.letter_unsent"]}),
        ((*s.OPEN_CLAIM, s.ASKED), {"ConfirmArrival": [], "RequestClaim": [], "FindComplex": []}),
    ],
)
def test_a_step_is_named_once_the_case_has_come_to_it(history, steps):
    found = asked(folded(Claim, *history))
    assert {name: lacks(found, name) for name in steps} == steps


@pytest.mark.parametrize(
    ("history", "gone"),
    [
        ((*s.PAYABLE, s.TOLD, s.AGREED), {"TellDecision", "AgreeSettlement", "RequestClaim"}),
        ((*s.OPEN_CLAIM, REJECTED, s.LETTER), {"SendRejection", "TellDecision", "PayClaim"}),
        ((*s.PAYABLE, s.claim_paid(), s.closed()), {"CloseClaim", "ApproveClaim", "RejectClaim", "PayClaim"}),
    ],
)
def test_a_step_that_is_past_is_not_named(history, gone):
    assert not gone & set(asked(folded(Claim, *history)))


def test_an_application_lacks_what_comes_before_the_issue():
    found = asked(s.policy(s.APPLIED))
    assert lacks(found, "IssuePolicy") == ["policy.not_accepted", "policy.not_signed", "policy.not_paid"]
    assert lacks(found, "DecideUnderwriting") == ["policy.not_disclosed", "policy.application_incomplete"]
    assert [each.rule for each in found["IssuePolicy"].missing] == ["CONTRACT-FORMATION", "SALE-SIGN-SELF", ""]
    declined = s.replaced(s.ACCEPTED, verdict=Verdict.DECLINE)
    assert "policy.not_accepted" in lacks(asked(s.policy(s.APPLIED, s.DISCLOSED, declined)), "SignPolicy")
    assert "IssuePolicy" not in asked(IN_FORCE)


HISTORIES: dict[type[Aggregate], list[tuple[object, ...]]] = {
    Claim: [
        (s.NOTICED,),
        (*s.OPEN_CLAIM, s.ASKED, HELD),
        s.PAYABLE,
        (*s.OPEN_CLAIM, REJECTED),
        (s.NOTICED, s.closed()),
    ],
    Policy: [s.in_force()[:n] for n in range(1, 7)],
}


@pytest.mark.parametrize(("kind", "history"), [(kind, each) for kind, told in HISTORIES.items() for each in told])
def test_trying_meets_the_first_refusal_that_is_missing(kind, history):
    case = folded(kind, *history)
    beside = {each: each(id=case.id) for command in GATED for each in command.consults} | {Policy: IN_FORCE}
    given = moment(TODAY, actor=SYSTEM, consulted=beside)
    told = {each.command: each for each in steps(case, [c for c in GATED if c.on is kind], given)}
    for command in (each for each in GATED if each.on is kind):
        first = next((lack.code for lack in told[command.__name__].missing), "") if command.__name__ in told else None
        if first != "":
            with pytest.raises(Refused) as caught:
                command.model_construct().outcome(case, given)
            assert first in (None, caught.value.code)
