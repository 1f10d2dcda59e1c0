"""The served application and a town for the command line, as other tests have them."""

from __future__ import annotations

from tests.cli.conftest import town
from tests.http.conftest import site

__all__ = ["site", "town"]
