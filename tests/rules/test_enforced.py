"""Every rule that a command applies: what it refuses, and the nearest thing that it does not."""

from __future__ import annotations

import pytest

from application.rules.coverage import Coverage, coverage, proof_of, refused
from domain.rules.law import law
from tests.rules import test_clocked, test_computed, test_kept
from tests.rules.enforced import CLAIMS, PRODUCTS, Both
from tests.rules.enforced_complaints import ANSWERS, COMPLAINTS, PERIODS
from tests.rules.enforced_policies import PREMIUMS, SALES
from tests.rules.enforced_sales import APPLICATIONS, SELLERS

BOTH: dict[str, Both] = {
    **CLAIMS,
    **PRODUCTS,
    **COMPLAINTS,
    **PERIODS,
    **ANSWERS,
    **SALES,
    **PREMIUMS,
    **SELLERS,
    **APPLICATIONS,
}
ENFORCED = [rule.id for rule in law() if Coverage.ENFORCED in coverage(rule)]


@pytest.mark.parametrize("rule", ENFORCED)
def test_a_rule_is_enforced(rule: str) -> None:
    no, refusal, yes = BOTH[rule]
    told = no.refused(refusal)
    assert yes.outcome()
    # Where refusals rest on a rule, it is one of them that is told, with the rule, where it stands, and what is missing.
    assert told.code in refused().get(rule, (told.code,))
    assert told.rule == (rule if rule in refused() else "")


def test_no_rule_is_shown_to_refuse_that_refuses_nothing() -> None:
    assert set(BOTH) == set(ENFORCED)


def test_nothing_is_refused_by_a_rule_that_does_not_bind() -> None:
    assert [id for id in refused() if not law().editions[id][-1].binds] == []


def test_every_proof_that_is_named_is_there() -> None:
    proofs = {f"tests/rules/test_enforced.py::test_a_rule_is_enforced[{id}]" for id in ENFORCED}
    clocked = "tests/rules/test_clocked.py::"
    on_time = "test_its_clock_starts_with_what_it_hears_and_is_due_on_the_day_counted_on_paper"
    loose = "test_what_does_not_bind_starts_no_clock_until_it_is_switched_on"
    assert all(hasattr(test_clocked, name) for name in (on_time, loose))
    proofs |= {f"{clocked}{on_time}[{rule.id}]" for rule in test_clocked.BINDING}
    proofs |= {f"{clocked}{loose}[{rule.id}]" for rule in test_clocked.OTHERS}
    proofs |= {f"tests/rules/test_computed.py::test_it_is_computed_as_on_paper[{id}]" for id in test_computed.ON_PAPER}
    kept = "test_what_it_keeps_is_kept_as_long_as_it_says"
    assert hasattr(test_kept, kept)
    named = {proof for rule in law() if (proof := proof_of(rule))}
    assert {each for each in named - proofs if kept not in each} == set()
