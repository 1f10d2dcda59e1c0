"""Every pair of colours that text is written in is readable (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

from __future__ import annotations

import re

import pytest

from interfaces.console.pages import STATIC

PAIRS = [
    *(("ink", on) for on in ("paper", "card", "faint", "accent-soft")),
    *(("soft", on) for on in ("paper", "card", "faint", "accent-soft")),
    *(("link", on) for on in ("paper", "card", "faint")),
    *((tone, f"{tone}-soft") for tone in ("good", "bad", "warn", "past", "accent")),
    *((tone, "card") for tone in ("good", "bad", "warn", "past", "accent")),
    ("accent-ink", "accent"),
]


def tokens(dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", (STATIC / "console.css").read_text("utf-8"), re.S)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "by night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="-on-".join)
def test_text_stands_out_from_its_ground(text, ground, dark):
    colours = tokens(dark)
    light, deep = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= 4.5
