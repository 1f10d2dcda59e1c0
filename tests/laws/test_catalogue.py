"""What exists is in the catalogue, and what is in the catalogue is complete."""

from __future__ import annotations

import re
from string import Formatter
from uuid import UUID

import pytest

from domain.catalogue import AGGREGATE_OF, AGGREGATES, COMMANDS, capability, events_of
from domain.kernel import EXISTS, UNKNOWN, Aggregate, Command, Event, Refusal, Refused
from domain.rules.law import law
from domain.words import Role, Term
from tests.kit import TODAY, folded, moment
from tests.laws.code import modules, subclasses, written_in
from tests.samples import DRAFTED, NOTICED

EVENT_TYPES = sorted(written_in(Event, "domain"), key=lambda kind: kind.__name__)

REFUSALS = {
    id(thing): thing
    for module in modules("domain", "application")
    for thing in vars(module).values()
    if isinstance(thing, Refusal)
}.values()
"""Every refusal once, in however many modules it is known."""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_command_is_in_the_catalogue_once():
    # One that says nothing is what others have in common.
    assert {each for each in written_in(Command, "domain") if hasattr(each, "says")} == set(COMMANDS)
    assert len(COMMANDS) == len(set(COMMANDS))


def test_every_aggregate_is_in_the_catalogue_once():
    assert written_in(Aggregate, "domain") == set(AGGREGATES)
    assert len(AGGREGATES) == len(set(AGGREGATES))


def test_every_event_belongs_to_exactly_one_aggregate():
    owners = {event: [kind for kind in AGGREGATES if event in events_of(kind)] for event in EVENT_TYPES}
    assert {event.__name__ for event, kinds in owners.items() if len(kinds) != 1} == set()
    assert set(AGGREGATE_OF) == {event.__name__ for event in owners}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_is_and_who_may_give_it(command):
    assert all(command.says) and len(command.says) == 2
    assert command.may and command.may <= set(Role)
    assert command.on in AGGREGATES and set(command.consults) <= set(AGGREGATES)
    assert capability(command) == capability(command.on)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.on.opened])
def test_a_command_opens_a_stream_or_finds_it_open(command):
    begun = folded(command.on, NOTICED if command.on.kind() != "claim" else DRAFTED)
    state, refusal = (begun, EXISTS) if command.opens else (command.on(id=UUID(int=1)), UNKNOWN)
    with pytest.raises(Refused) as caught:
        command.model_construct().outcome(state, moment(TODAY))
    assert caught.value.refusal is refusal


@pytest.mark.parametrize("event", EVENT_TYPES)
def test_every_event_tells_itself_in_both_languages_by_its_own_fields(event):
    zh, en = event.tells
    assert zh and en
    assert placeholders(zh) == placeholders(en) <= set(event.__struct_fields__)
    assert set(event.unique) <= set(event.__struct_fields__)


@pytest.mark.parametrize("event", EVENT_TYPES)
def test_every_event_is_named_in_the_past_tense(event):
    assert re.search(
        r"(ed|Arose|FellDue|Paid|Given|Forgotten|Found|Held|Sent|Told|Withdrawn|Put|Taken|Took|Begun|Left|Set|Made|Shown)(?![a-z])",
        event.__name__,
    )


def test_every_refusal_has_a_code_of_its_own():
    codes = [refusal.code for refusal in REFUSALS]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_says_the_same_in_both_languages(refusal):
    zh, en = refusal.telling
    assert zh and en
    # A refusal that passes another on tells it in each language: {zh} here and {en} there.
    assert placeholders(zh) - {"zh"} == placeholders(en) - {"en"}
    assert re.fullmatch(r"([a-z]+\.)?[a-z0-9_]+", refusal.code)


@pytest.mark.parametrize("term", sorted(subclasses(Term), key=str))
def test_every_term_has_two_names_of_its_own(term):
    for language in ("zh", "en"):
        names = [each.tell(language) for each in term]
        assert all(names) and len(set(names)) == len(names)


def test_every_rule_that_is_named_is_in_the_law():
    named = {rule for command in COMMANDS for rule in command.applies} | {r.rule for r in REFUSALS if r.rule}
    assert named <= set(law().editions)
