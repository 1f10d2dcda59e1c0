"""`uberrima train-warning`: what was learnt from marked claims is what screens them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from domain.claim.events import Severity
from domain.losses import Cause
from interfaces.cli.main import cli
from interfaces.cli.train import fitted
from tests.claim.test_screening import QUIET
from tests.importing.test_disputes import outside
from tests.importing.test_outside import AUTO


def test_what_goes_with_fraud_weighs_for_it_and_what_does_not_against():
    major = replace(QUIET, cause=Cause.COLLISION, severity=Severity.MAJOR)
    minor = replace(major, severity=Severity.MINOR)
    marked = [(major, n % 4 > 0) for n in range(40)] + [(minor, n % 4 == 0) for n in range(40)]
    _, weights, area = fitted(marked)
    assert weights["minor"] < 0 < weights["major"] and weights["theft"] == 0
    assert 0.6 < area <= 1


def test_without_marked_claims_nothing_is_trained(tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text("ClaimNo\n1\n", "utf-8")
    told = CliRunner().invoke(cli, ["train-warning", str(file), "--mapping", "prism"])
    assert told.exit_code == 2
    assert "values.fraud" in told.output


@outside
@pytest.mark.outside
def test_the_weights_that_screen_are_those_that_the_training_tells():
    told = CliRunner().invoke(cli, ["train-warning", str(AUTO), "--mapping", "auto_claims"])
    assert told.exit_code == 0, told.output
    assert "1000 claims, 247 marked; area under the curve 0.78" in told.output
    used = tomllib.loads(files("domain").joinpath("claim", "screening.toml").read_text("utf-8"))["model"]
    trained = tomllib.loads(f"[model]\n{told.output}")["model"]
    assert (trained["intercept"], trained["weights"]) == (used["intercept"], used["weights"])
