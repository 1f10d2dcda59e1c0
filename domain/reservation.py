"""A reservation: one value that only one stream may hold, in a stream whose id is made from that value."""

from __future__ import annotations

from uuid import UUID

from domain.kernel import Aggregate, Event, Refusal, stream_of

NUMBER_TAKEN = Refusal(
    "reservation.number_taken",
    ("{kind}的{name}“{value}”已被使用", "the {name} {value} already belongs to another {kind}"),
)


class ValueReserved(Event):
    """Appended by the one door for commands beside every event that has unique values."""

    tells = ("{kind}的{name}“{value}”已登记", "{name} {value} reserved for a {kind}")
    kind: str
    name: str
    value: str
    holder: UUID


class Reservation(Aggregate):
    holder: UUID | None = None

    def evolve(self, event: Event) -> Reservation:
        match event:
            case ValueReserved(holder=holder):
                return self.but(holder=holder)
        return self


def reservation_of(kind: str, name: str, value: str) -> UUID:
    """The stream that reserves this value."""
    return stream_of(Reservation, f"{kind}.{name}/{value}")
