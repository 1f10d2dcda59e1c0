"""What one account lends arrives in the other, and goes when it is revoked."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.account import AuthorityDelegated, DelegationRevoked, ReceiveAuthority, ReturnAuthority
from domain.kernel import Command, Recorded


class DelegatedAuthorityIsReceived(Reaction):
    name = "delegated_authority_is_received"
    says = ("委托的权限由受托人接受", "authority that is delegated is received")
    hears = (AuthorityDelegated, DelegationRevoked)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        giver = recorded.actor.name
        match recorded.event:
            case AuthorityDelegated(to=to, amount=amount, until=until):
                yield to, ReceiveAuthority(giver=giver, amount=amount, until=until)
            case DelegationRevoked(to=to, giver=named):
                yield to, ReturnAuthority(giver=named or giver)
