"""Any case at any version is what the read model showed when that version was the last."""

from __future__ import annotations

import asyncio
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from application.claim.claim_register import ClaimRegister
from application.customer.customer_directory import CustomerDirectory
from application.policy.policy_register import PolicyRegister
from application.product.product_catalogue import ProductCatalogue
from application.projection import Projection, Row
from application.supervision.replay import history, row_of
from domain.claim.state import Claim
from domain.customer import Customer
from domain.kernel import Aggregate, Command, Refused
from domain.policy.state import Policy
from domain.product import Product
from domain.words import Role
from interfaces.main import House, open_house
from tests.handling.door import Door, StoppedClock
from tests.kit import actor_for
from tests.samples import SECOND
from tests.strategies import commands

REGISTERS: dict[type[Aggregate], type[Projection]] = {
    Product: ProductCatalogue,
    Customer: CustomerDirectory,
    Policy: PolicyRegister,
    Claim: ClaimRegister,
}
DAYS = st.integers(0, 90)
STEPS = st.lists(st.tuples(st.one_of(*map(commands, REGISTERS)), DAYS, st.booleans()), min_size=12, max_size=30)
Shown = dict[tuple[UUID, int], Row]


@settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_a_case_replayed_to_any_version_is_what_the_read_model_showed_then(
    database: str, steps: list[tuple[Command, int, bool]]
) -> None:
    asyncio.run(_live_and_replay(database, steps))


async def _live_and_replay(database: str, steps: list[tuple[Command, int, bool]]) -> None:
    async with open_house(database) as house:
        door, projector = Door(house.store, StoppedClock()), house.projector()
        cases = await _begun(door)
        shown: Shown = {}
        projector.catch_up()
        for kind, stream in cases.items():
            await _look(house, kind, stream, shown)
        for command, days, second in steps:
            stream = cases[command.on]
            door.clock.pass_days(days)
            by = SECOND if second and Role.SUPERVISOR in command.may else actor_for(type(command))
            try:
                await door.give(command, stream, by)
            except Refused:
                continue
            projector.catch_up()
            await _look(house, command.on, stream, shown)
        projector.close()
        assert len(shown) >= len(cases)
        for (stream, version), row in shown.items():
            kind = next(kind for kind, case in cases.items() if case == stream)
            assert row_of(REGISTERS[kind], await history(house.store, stream, version)) == row


async def _look(house: House, kind: type[Aggregate], stream: UUID, shown: Shown) -> None:
    version = (await house.handling.recall(kind, stream)).version
    row = await house.reads.get(REGISTERS[kind], stream)
    assert row is not None
    shown[stream, version] = row


async def _begun(door: Door) -> dict[type[Aggregate], UUID]:
    code = f"HLT-{door.clock.now():%f}-{await door.store.head()}"
    product, customer = await door.product(code), await door.customer()
    policy = await door.sold_in_instalments(product, customer)
    return {Product: product, Customer: customer, Policy: policy, Claim: await door.claim(policy)}
