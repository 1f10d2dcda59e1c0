"""How a claim ends: nothing left open, what was reserved looked back on, and how it begins again."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from domain.claim import events as e
from domain.claim.events import Outcome, Reopening, WithoutPayment
from domain.claim.intake import DECIDERS
from domain.claim.money import ReserveReviewed
from domain.claim.settlement import UNTOLD, open_still
from domain.claim.state import Claim, Status
from domain.kernel import Command, Event, Given, Refusal
from domain.words import Note, Role

STILL_OWED = Refusal("claim.still_owed", ("尚有{owed}未付", "{owed} is approved and not paid"))


STILL_OPEN = Refusal("claim.still_open", ("尚未了结：{open}", "still open: {open}"))


RESERVE_ASTRAY = Refusal(
    "claim.reserve_astray",
    (
        "首次准备金{reserved}与实付{paid}相差过半，结案须说明原因",
        "{reserved} was reserved at first and {paid} paid: a difference above half is explained at the closing",
    ),
)


UNDECIDED = Refusal(
    "claim.undecided",
    ("既未赔付、拒赔，也无零结案原因", "neither paid nor rejected, and no reason to close without payment"),
)


NOT_WITHOUT_PAYMENT = Refusal(
    "claim.not_without_payment", ("已有赔付，不能零结案", "something was paid: this is no closing without payment")
)


NOT_CLOSED = Refusal("claim.not_closed", ("案件未结案", "the claim is not closed"))


LETTER_UNSENT = Refusal(
    "claim.letter_unsent", ("拒赔通知书尚未发出", "the written refusal has not been sent"), rule="CLAIM-REJECT-3D"
)


ADVANCE_UNDECIDED = Refusal(
    "claim.advance_undecided",
    ("已先予支付，须核定最终数额并支付差额", "part was paid in advance: the final amount is still to be decided"),
    rule="CLAIM-ADVANCE-60D",
)


def nothing_open(claim: Claim, _: Given) -> None:
    waiting = (*claim.ledger.open, *claim.scrutiny.open)
    STILL_OPEN.unless(not waiting, open=waiting)


def all_paid(claim: Claim, _: Given) -> None:
    STILL_OWED.unless(not claim.owed, owed=claim.owed)
    ADVANCE_UNDECIDED.unless(not claim.progress.advanced)


def result_told(claim: Claim, _: Given) -> None:
    """Money that has been paid tells the decision by itself."""
    LETTER_UNSENT.unless(claim.status is not Status.REJECTED or claim.progress.letter)
    UNTOLD.unless(claim.status is not Status.APPROVED or claim.paid or claim.progress.told)


class CloseClaim(Command):
    """Closes the claim: paid, paid in part, rejected, or, with a reason, without payment."""

    on, may = Claim, DECIDERS
    says = ("结案", "Close")
    applies = ("CLAIM-TELL-RESULT",)
    gates = (open_still, all_paid, nothing_open, result_told)
    without: WithoutPayment | None = None
    reserve_note: Note = Field(default="", description="Why what was first reserved lies far from what was paid.")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_WITHOUT_PAYMENT.unless(not (self.without and claim.paid))
        RESERVE_ASTRAY.unless(claim.reserved_well or self.reserve_note, reserved=claim.reserved, paid=claim.paid)
        if not claim.reserved_well:
            yield ReserveReviewed(reserved=claim.reserved, paid=claim.paid, explanation=self.reserve_note)
        yield e.ClaimClosed(
            outcome=self._outcome(claim),
            paid=claim.paid,
            closed_on=given.today,
            without=self.without,
            customer=claim.customer,
        )

    def _outcome(self, claim: Claim) -> Outcome:
        if self.without:
            return Outcome.WITHOUT_PAYMENT
        if claim.paid:
            return Outcome.PAID if claim.in_full else Outcome.PART_PAID
        UNDECIDED.unless(claim.status is Status.REJECTED)
        return Outcome.REJECTED


class ReopenClaim(Command):
    """Opens a closed claim again; it is assessed and approved anew, and may ask for papers anew."""

    on, may = Claim, DECIDERS | {Role.SYSTEM}
    says = ("重新立案", "Reopen")
    ground: Reopening
    note: Note = ""

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_CLOSED.unless(claim.status is Status.CLOSED)
        yield e.ClaimReopened(ground=self.ground, note=self.note)
