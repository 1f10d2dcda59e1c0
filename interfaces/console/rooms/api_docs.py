"""The HTTP interface, read off the application's own OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litestar import Response, get

from interfaces.console.pages import Ask, page

METHODS = ("get", "post", "put", "patch", "delete")
Schema = dict[str, Any]


def operations(schema: Schema) -> dict[str, list[Schema]]:
    """Every operation under its tag, with its parameters, the fields of its body and its answers."""
    found: dict[str, list[Schema]] = {}
    for path, methods in schema.get("paths", {}).items():
        for method in METHODS:
            if operation := methods.get(method):
                tag = next(iter(operation.get("tags", ())), "")
                found.setdefault(tag, []).append(_told(schema, path, method, operation))
    return dict(sorted(found.items()))


def _told(schema: Schema, path: str, method: str, operation: Schema) -> Schema:
    content = operation.get("requestBody", {}).get("content", {})
    body = next((each.get("schema", {}) for each in content.values()), None)
    return {
        "id": operation.get("operationId", f"{method} {path}"),
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": [
            {**each, "type": kind_of(schema, each.get("schema", {}))} for each in operation.get("parameters", ())
        ],
        "fields": list(fields_of(schema, body)) if body else [],
        "responses": [(status, each.get("description", "")) for status, each in operation["responses"].items()],
    }


def resolved(schema: Schema, part: Schema) -> Schema:
    """What a reference stands for."""
    reference = part.get("$ref", "")
    found = schema.get("components", {}).get("schemas", {}).get(reference.rpartition("/")[2])
    return found if reference and found else part


def fields_of(schema: Schema, part: Schema) -> Iterator[Schema]:
    whole = resolved(schema, part)
    for name, each in whole.get("properties", {}).items():
        yield {
            "name": name,
            "type": kind_of(schema, each),
            "required": name in whole.get("required", ()),
            "description": each.get("description", ""),
        }


def kind_of(schema: Schema, part: Schema) -> str:
    """A type in few words."""
    whole = resolved(schema, part)
    several = whole.get("oneOf") or whole.get("anyOf") or whole.get("allOf")
    if several:
        return " | ".join(dict.fromkeys(kind_of(schema, each) for each in several))
    if "enum" in whole:
        return " | ".join(map(str, whole["enum"]))
    if whole.get("type") == "array":
        return f"[{kind_of(schema, whole.get('items', {}))}]"
    if whole.get("type") == "object" and "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    kind = whole.get("type", "")
    told = " | ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{told} {whole['format']}" if "format" in whole else told


@get("/api-docs", include_in_schema=False)
async def api_docs(request: Ask) -> Response[Any]:
    schema = request.app.openapi_schema.to_schema()
    return await page(request, "api_docs.html", tags=operations(schema))
