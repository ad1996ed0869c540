"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations


def cell(text: str) -> str:
    """A text that a spreadsheet takes for text and not for a formula."""
    risky = text.lstrip().startswith(_BEGINS) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a formula begins with, in any width."""
