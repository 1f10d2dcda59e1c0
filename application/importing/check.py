"""Reads a mapping and holds it against the catalogue of commands, so that a wrong one fails before any row is read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from application.importing.mapping import (
    GIVEN,
    KINDS,
    PLACE,
    PLACEHOLDER,
    Condition,
    Kind,
    Once,
    SourceMapping,
    Step,
    WrongMapping,
    names_in,
)
from domain.kernel import Command

Problem = tuple[str, str]


def read_mapping(path: Path) -> SourceMapping:
    """The mapping in a TOML file. Raises WrongMapping, which names every place that is wrong."""
    try:
        mapping = SourceMapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongMapping([("", f"{path}: {error}")]) from error
    except ValidationError as error:
        raise WrongMapping([(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]) from error
    if problems := list(_problems(mapping)):
        raise WrongMapping(problems)
    return mapping


def check_columns(mapping: SourceMapping, header: Sequence[str]) -> None:
    """Raises WrongMapping where the file lacks a column that the mapping reads, or has it twice."""
    problems = []
    for name, value in mapping.values.items():
        column = value.column or name
        if not value.sum and header.count(column) != 1:
            has = "more than one column" if column in header else "no column"
            problems.append((f"values.{name}", f"the file has {has} {column!r}; its columns are {', '.join(header)}"))
    if problems:
        raise WrongMapping(problems)


def _problems(mapping: SourceMapping) -> Iterator[Problem]:
    yield from _values(mapping)
    yield from _names("key", mapping.key, mapping.values)
    for name in mapping.meant:
        yield from _known("meant", name, mapping.values, "value")
    for name, stream in mapping.streams.items():
        yield from _names(f"streams.{name}.key", stream.key, mapping.values)
        yield from _known(f"streams.{name}.of", stream.of, KINDS, "aggregate")
    for name in mapping.streams.keys() & mapping.values.keys():
        yield f"streams.{name}", "a value has the same name"
    for once in mapping.once:
        yield from _names(f"once.{once.name}.key", once.key, mapping.values)
        yield from _condition(f"once.{once.name}", once, mapping)
    for place, step in mapping.steps():
        yield from _step(place, step, mapping)


def _values(mapping: SourceMapping) -> Iterator[Problem]:
    for name, value in mapping.values.items():
        parts = [mapping.values.get(part) for part in value.sum]
        if any(part is None or part.kind is not Kind.MONEY or part.sum for part in parts):
            yield f"values.{name}.sum", "adds up amounts of money that are each read from a column"
        if value.rounding == "carry" and (value.kind is not Kind.MONEY or value.sum):
            yield f"values.{name}.rounding", "only an amount of money read from a column carries its remainder"


def _step(place: str, step: Step, mapping: SourceMapping) -> Iterator[Problem]:
    yield from _known(f"{place}.command", step.command, GIVEN, "command")
    yield from _known(f"{place}.stream", step.stream, mapping.streams, "stream")
    yield from _known(f"{place}.by", step.by, mapping.actors, "actor")
    yield from _condition(place, step, mapping)
    if step.at and (step.at not in mapping.values or mapping.values[step.at].kind is not Kind.DATE):
        yield f"{place}.at", f"{step.at!r} is not the name of a date"
    command, stream, by = GIVEN.get(step.command), mapping.streams.get(step.stream), mapping.actors.get(step.by)
    if command and stream and stream.of != command.on.kind():
        yield f"{place}.stream", f"{step.command} is for a {command.on.kind()}, {step.stream} is a {stream.of}"
    if command and by and by.role not in command.may:
        yield f"{place}.by", f"a {by.role.en} may not give {step.command}"
    if step.each and (step.each not in mapping.values or mapping.values[step.each].kind is not Kind.WORDS):
        yield f"{place}.each", f"{step.each!r} is not the name of a list of words"
    known = {**mapping.values, **mapping.streams, **({f"{step.each}{PLACE}": None} if step.each else {})}
    wrong = list(_names(f"{place}.with", step.fields, known))
    yield from wrong
    if command and not wrong:
        schema = command.model_json_schema()
        yield from _misfits(f"{place}.with", step.fields, schema, schema.get("$defs", {}), mapping)
        yield from _constants(place, step, command)


def _known(place: str, name: str, known: Any, what: str) -> Iterator[Problem]:
    if name not in known:
        yield place, f"there is no {what} {name!r}; there are {', '.join(known)}"


def _condition(place: str, condition: Condition | Once, mapping: SourceMapping) -> Iterator[Problem]:
    for name in (*condition.when, *condition.unless):
        yield from _known(f"{place}.when", name, mapping.values, "value")


def _names(place: str, template: Any, known: Any) -> Iterator[Problem]:
    for name in dict.fromkeys(names_in(template)):
        yield from _known(place, name, known, "value or stream")
    if isinstance(template, str) and set("{}") & set(PLACEHOLDER.sub("", template)):
        yield place, f"{template!r}: braces go round the name of a value"
    if isinstance(template, (dict, list)):
        for key, each in template.items() if isinstance(template, dict) else enumerate(template):
            yield from (found for found in _names(f"{place}.{key}", each, known) if "braces" in found[1])


def _misfits(place: str, node: Any, schema: Any, defs: Any, mapping: SourceMapping) -> Iterator[Problem]:
    """Where a template has a field its command lacks, lacks one that it needs, or names a word that is none."""
    schema = _resolved(schema, defs)
    match node:
        case dict() if "properties" in schema:
            for name in node.keys() - schema["properties"].keys():
                yield f"{place}.{name}", f"there is no field {name!r}; there are {', '.join(schema['properties'])}"
            for name in schema.get("required", ()):
                if name not in node:
                    yield f"{place}.{name}", "this field is required"
            for name in node.keys() & schema["properties"].keys():
                yield from _misfits(f"{place}.{name}", node[name], schema["properties"][name], defs, mapping)
        case list() if "items" in schema:
            for number, each in enumerate(node):
                yield from _misfits(f"{place}.{number}", each, schema["items"], defs, mapping)
        case str() if "enum" in schema:
            for word in _words(node, mapping):
                if word not in schema["enum"]:
                    yield place, f"{word!r} is not one of {', '.join(schema['enum'])}"


def _resolved(schema: Any, defs: Any) -> Any:
    if "anyOf" in schema:
        schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
    return defs[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _words(template: str, mapping: SourceMapping) -> list[str]:
    """The words that a text can become: itself, or all that the value it names is looked up to."""
    named = PLACEHOLDER.fullmatch(template)
    value = mapping.values.get(named[1]) if named else None
    return list(value.map.values()) if value else [] if named else [template]


def _constants(place: str, step: Step, command: type[Command]) -> Iterator[Problem]:
    for name, field in command.model_fields.items():
        if name in step.fields and not names_in(step.fields[name]):
            try:
                kind: Any = Annotated[field.annotation, field]
                TypeAdapter(kind).validate_python(step.fields[name])
            except ValidationError as error:
                for each in error.errors():
                    yield ".".join(map(str, (place, "with", name, *each["loc"]))), each["msg"]
