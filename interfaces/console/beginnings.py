"""What a form says before anyone has written in it: what the case says now, what the address asks for, today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from application.access import Caller
from application.ports import EventStore
from application.supervision.replay import find_case, history, state_of
from domain.claim.state import Claim
from domain.kernel import Aggregate, Command
from domain.policy.state import Policy
from domain.product import Product
from domain.rules.law import law
from domain.standard.commands import DraftStandard
from domain.standard.state import Standard
from domain.words import Period, Role, plus_days, plus_years
from interfaces.console.forms import Blank, Form, blanks, filled
from interfaces.console.looks import today

NOT_THE_SAME = frozenset({"version", "number", "application"})
"""Fields that mean another thing on the command than on the case."""
SIMPLE = frozenset({"text", "note", "number", "date", "choice", "case"})


async def begun(
    store: EventStore, command: type[Command], case: Aggregate | None, caller: Caller, asked: Mapping[str, str]
) -> Form:
    """The form as it is first shown."""
    of = blanks(command)
    values: dict[str, Any] = {
        name: field.default for name, field in command.model_fields.items() if not field.is_required()
    }
    values |= {blank.name: today() for blank in of if blank.kind == "date" and blank.required}
    values |= _of_caller(of, caller)
    if case is not None:
        values |= _of_case(of, case)
    if command.opens and "period" in command.model_fields:
        values["period"] = Period(today(), plus_days(plus_years(today(), 1), -1))
    form = filled(of, values)
    form |= {b.name: [asked[b.name][:400]] for b in of if b.kind in SIMPLE and asked.get(b.name)}
    return form | await _sums_of_product(store, of, form)


def _of_case(of: Sequence[Blank], case: Aggregate) -> dict[str, Any]:
    """What the case says now, under the same name or where we know it to stand."""
    now = {
        blank.name: getattr(case, blank.name)
        for blank in of
        if blank.name in case.__struct_fields__
        and blank.name not in NOT_THE_SAME
        and getattr(case, blank.name) not in (None, "")
    }
    match case:
        case Product(editions=[*_, last]):
            now |= {"terms": last.terms, "version": last.version}
        case Standard(versions=[*_, latest]):
            now |= {"content": latest.content, "version": latest.number}
            now |= {"number": min(case.unanswered)} if case.unanswered else {}
        case Policy():
            now |= {"amount": case.owed_on(today()) or case.first_due} if case.verdict else {}
        case Claim() if due := next((x for x in case.exposures if x.paid < x.payable), None):
            now |= {"benefit": due.benefit, "amount": due.payable - due.paid, "reserve": None}
    return now


def _of_caller(of: Sequence[Blank], caller: Caller) -> dict[str, Any]:
    names = {blank.name for blank in of}
    own: dict[str, Any] = {"customer": caller.party} if caller.party else {}
    if Role.AGENT in caller.roles:
        own["agent"] = caller.login.upper()
    return {name: value for name, value in own.items() if name in names}


async def _product(store: EventStore, reference: str) -> Product | None:
    stream = await find_case(store, reference, Product.kind()) if reference else None
    known = await history(store, stream) if stream else []
    state = state_of(known) if known else None
    return state if isinstance(state, Product) else None


async def _sums_of_product(store: EventStore, of: Sequence[Blank], form: Form) -> Form:
    """A row for each benefit of the product that is applied for."""
    product = await _product(store, form.get("product", [""])[0])
    if product is None or not product.editions or not any(blank.name == "sums" for blank in of):
        return {}
    benefits = product.editions[-1].terms.benefits
    return {f"sums.{place}.benefit": [each.code] for place, each in enumerate(benefits)}


async def suggestions(
    store: EventStore, command: type[Command], case: Aggregate | None, form: Form
) -> dict[str, list[tuple[str, str]]]:
    """What may be written into a field: the codes of benefits, with their names or sums; the rules by id."""
    if command is DraftStandard or isinstance(case, Standard):
        rules = [(rule.id, " · ".join(rule.concept)) for rule in law()]
        return {"rule": rules, "like": rules}
    match case:
        case Claim() | Policy():
            return {"benefit": [(each.benefit, str(each.insured)) for each in case.sums]}
        case None if product := await _product(store, form.get("product", [""])[0]):
            terms = product.editions[-1].terms
            return {"benefit": [(each.code, each.name) for each in terms.benefits]}
    return {}
