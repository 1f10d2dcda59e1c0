"""What some customers make of a decision: a dispute, with mediation, and how it ends."""

from __future__ import annotations

from enum import Enum, auto

from domain.claim.milestones import Remedy
from domain.dispute.commands import (
    AcceptMediation,
    AgreeMediation,
    ApplyForConfirmation,
    AppointMediator,
    CloseDispute,
    DeclineMediation,
    EndMediation,
    OfferMediation,
    OpenDispute,
    RequestMediation,
    SignForFile,
    TellRemedies,
    WithdrawDispute,
)
from domain.dispute.events import Mediation, Result
from domain.dispute.state import Dispute
from domain.docket.commands import AskExtension, DeclineExtension, GrantExtension
from domain.docket.state import docket_of
from domain.kernel import Command, stream_of
from domain.words import Actor
from interfaces.demo import names
from interfaces.demo.intake import ClaimIntake
from interfaces.demo.world import Act, Story

BODY = "金融纠纷调解中心"


class Turn(Enum):
    """How a rejected customer takes it."""

    ACCEPTED = auto()
    WITHDRAWN = auto()
    TO_COURT = auto()
    CONTESTED = auto()


TURNS = (Turn.ACCEPTED, Turn.CONTESTED, Turn.WITHDRAWN, Turn.TO_COURT)


class ClaimDispute(ClaimIntake):
    """The dispute about one claim, if there is one."""

    def _disputed(self) -> Story:
        """A rejected customer lets it be, thinks better of disputing it, or takes it to court."""
        turn = self.world.deal("turns of the rejected", TURNS)
        if turn is Turn.ACCEPTED:
            return
        yield from self._opens()
        if turn is Turn.WITHDRAWN:
            yield self.any_day(2, 9)
            yield self.on_it(self.contract.client.actor, WithdrawDispute(withdrawn_on=self.today, reason="已理解条款"))
            return
        if turn is Turn.CONTESTED:
            yield from self.contested()
            return
        yield from self._sits_down(Mediation.APPOINTED, online=False)
        yield self.on_it(self.clerk, SignForFile(signed_on=self.today))
        yield from self._takes_longer()
        yield self.on_it(self.clerk, EndMediation(ended_on=self.today))
        yield from self._ends(Result.BEFORE_COURT)

    def contested(self) -> Story:
        raise NotImplementedError

    def _takes_longer(self) -> Story:
        """The parties agree to more time; the first reason that is put down does not convince."""
        docket = docket_of(stream_of(Dispute, f"{self.name}/dispute"))
        clock = {"case": stream_of(Dispute, f"{self.name}/dispute"), "rule": "DISP-COURT-APPOINTED-30D"}
        superior = self.staff.superior(self.dice)
        yield self.office(15, 20)
        yield self.does(self.clerk, AskExtension(**clock, units=15, reason="尚需时间"), stream=docket)
        yield self.office(0, 1)
        yield self.does(superior, DeclineExtension(**clock), stream=docket)
        yield self.soon()
        agreed = AskExtension(**clock, units=10, reason="双方书面同意延长调解十日")
        yield self.does(self.clerk, agreed, stream=docket)
        yield self.office(0, 1)
        yield self.does(superior, GrantExtension(**clock), stream=docket)
        yield self.office(4, 9)

    def _mediated(self) -> Story:
        """A dispute about the amount is settled online, after a first mediator has declined."""
        yield from self._opens()
        yield self.on_it(self.clerk, OfferMediation(offered_on=self.today, body=BODY))
        yield self.office(1, 3)
        yield from self._sits_down(Mediation.BODY, online=True)
        yield self.on_it(self.clerk, DeclineMediation(declined_on=self.today, reason="与一方相识"))
        yield self.soon()
        yield self.on_it(self.clerk, self._mediator())
        yield self.office(0, 1)
        yield self.on_it(self.clerk, AcceptMediation(accepted_on=self.today))
        yield self.office(5, 15)
        yield self.on_it(self.clerk, EndMediation(ended_on=self.today, terms="按补充核定的金额赔付"))
        yield self.office(2, 8)
        yield self.on_it(self.clerk, ApplyForConfirmation(applied_on=self.today))
        yield from self._ends(Result.AGREED)

    def on_it(self, actor: Actor, command: Command) -> Act:
        return self.does(actor, command, stream=stream_of(Dispute, f"{self.name}/dispute"))

    def _opens(self) -> Story:
        yield self.any_day(1, 6)
        client = self.contract.client
        self.clerk = self.staff.service(self.dice)
        said = {"opened_on": self.today, "subject": "对核定结果有异议"}
        opened = OpenDispute(
            number=self.world.number("Z", self.today), claim=self.stream, customer=client.stream, **said
        )
        yield self.on_it(client.actor, opened)
        yield self.office(0, 1)
        yield self.on_it(self.clerk, TellRemedies(told_on=self.today, remedies=tuple(Remedy)))
        yield self.soon()

    def _sits_down(self, kind: Mediation, *, online: bool) -> Story:
        yield self.on_it(self.clerk, AgreeMediation(agreed_on=self.today, kind=kind, online=online))
        yield self.soon()
        yield self.on_it(self.clerk, RequestMediation(received_on=self.today))
        yield self.office(0, 1)
        yield self.on_it(self.clerk, self._mediator())
        yield self.office(0, 1)

    def _mediator(self) -> AppointMediator:
        name = names.person(self.dice, self.chance(50))
        return AppointMediator(mediator=name, appointed_on=self.today, jointly=self.chance(50))

    def _ends(self, result: Result) -> Story:
        yield self.office(0, 2)
        yield self.on_it(self.staff.compliance(self.dice), CloseDispute(result=result))
