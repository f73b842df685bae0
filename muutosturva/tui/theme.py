"""The one theme: dark, told apart by the colour-blind, legible in sixteen colours.

Blue and orange carry the accents, since red and green are what most colour-blind people mix up.
Nothing is said by colour alone: each state has a symbol and a word.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

NAME: Final = "muutosturva"

THEME: Final = Theme(
    name=NAME,
    primary="#5fafff",
    secondary="#87afd7",
    accent="#ffaf00",
    warning="#ffaf00",
    error="#ff8700",
    success="#5fd7d7",
    foreground="#eeeeee",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables={
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#5fafff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#eeeeee",
        "block-cursor-blurred-background": "#444444",
        "block-cursor-blurred-text-style": "none",
        "input-cursor-background": "#eeeeee",
        "input-selection-background": "#005f87",
        "top-bar": "#00005f",
        "top-bar-text": "#ffffff",
        "border": "#5fafff",
        "border-blurred": "#6c6c6c",
        "scrollbar": "#6c6c6c",
        "label-red": "#ff8787",
        "label-yellow": "#ffd75f",
        "label-green": "#5fd7af",
        "label-blue": "#87afff",
    },
)
"""Colours are those of the 256-colour cube, so that a terminal without true colour shows the same."""
