"""A report reads projections only and says which position of the log it was built from."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from application.ports import ReadStore
from domain.words import STAFF, Role, Telling


class Figures(BaseModel):
    """A table of figures, and the position they stand at: the same position gives the same bytes."""

    model_config = ConfigDict(frozen=True)

    report: str
    position: int
    lines: tuple[dict[str, Any], ...]


class Report:
    name: ClassVar[str]
    says: ClassVar[Telling]
    shown_to: ClassVar[frozenset[Role]] = STAFF

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        raise NotImplementedError
