"""What an order refers to, and whether whoever gives it may refer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from application.submission import NOT_YOURS, Order
from domain.kernel import Aggregate, Command
from domain.rules.rulebook import RULEBOOK
from domain.words import Role


def retold(order: Order, *by: Aggregate | None) -> tuple[UUID, ...]:
    """What the command rereads, so far as it or one of these names it, with its own case and the rulebook."""
    names = order.command.rereads
    found = (next((s for each in (order.command, *by) if (s := getattr(each, name, None))), None) for name in names)
    return (*(stream for stream in found if stream), order.stream, RULEBOOK)


def named(orders: Sequence[Order], known: Mapping[UUID, Aggregate]) -> dict[UUID, type[Aggregate]]:
    """The streams not known yet that orders name, or that their aggregates refer to."""
    found: dict[UUID, type[Aggregate]] = {}
    for order in orders:
        for kind in order.command.consults:
            stream = refers(kind, order.command, known.get(order.stream))
            if stream is not None and stream not in known:
                found[stream] = kind
        if order.stream not in known:
            found[order.stream] = order.command.on
    return found


def refers(kind: type[Aggregate], command: Command, *by: Aggregate | None) -> UUID | None:
    """The stream of that kind which the command, or the first of these, names."""
    if stream := kind.only or command.refers(kind, by[0] if by else None):
        return stream
    name = kind.kind()
    return next((stream for each in (command, *by) if (stream := getattr(each, name, None))), None)


def admit(order: Order, aggregate: Aggregate, consulted: Mapping[type[Aggregate], Aggregate]) -> None:
    """Customers act on what is theirs, and refer to nothing that is another's. Raises Refused."""
    actor = order.actor
    if actor.role is Role.CUSTOMER:
        whose = aggregate.party if aggregate.exists else getattr(order.command, "customer", None) or actor.party
        parties = {whose, *(each.party for each in consulted.values() if each.party)}
        NOT_YOURS.unless(actor.party and parties == {actor.party})
