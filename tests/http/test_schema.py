"""Generated requests over the whole OpenAPI description: no 5xx, no answer outside its schema."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar.serialization import decode_json, encode_json
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from interfaces.http.app import application
from tests.http.conftest import Site

ANSWERS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DESCRIPTION = decode_json(encode_json(application(lambda: nullcontext(None)).openapi_schema.to_schema()))
"""As it is served: plain JSON."""
DESCRIBED = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS = {operation.label: operation for operation in (each.ok() for each in DESCRIBED.get_all_operations())}


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_one_that_the_schema_describes(label: str, site: Site):
    valid, invalid = (OPERATIONS[label].as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode)

    @given(case=valid | invalid)
    @settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def holds(case: Any) -> None:
        request = case.as_transport_kwargs(base_url="http://testserver.local", headers=site.headers("everyone"))
        request.pop("cookies", None)
        answer = site.client.request(**request)
        case.validate_response(answer, checks=ANSWERS)

    holds()
