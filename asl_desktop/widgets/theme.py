"""Colours and shapes: one palette for light, one for dark, and one stylesheet built from either."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from asl_desktop.settings import Theme
from trainer.support.paths import asset

SPACE = 8
"""The unit of all distances, in device-independent pixels."""

RADIUS = 10

STYLE = ("-style", "Fusion")
"""The style of all widgets, as an argument for QApplication."""


@dataclass(frozen=True)
class Colours:
    """One theme. Every text colour has a contrast of at least 4.5 : 1 on the grounds it is used on.

    Attributes:
        window: Ground of the window.
        surface: Ground of cards, menus and fields.
        stage: Ground behind the camera image and of empty bars.
        border: Lines that separate; decoration only.
        outline: Lines that a control is recognised by (3 : 1 on window and surface).
        text: Text.
        muted: Text that steps back.
        accent: What is chosen, measured or focused; also readable as text.
        on_accent: Text on it.
        soft: Ground of hovered and chosen things.
        warning: Ground of a banner about something that went wrong.
        on_warning: Text on it.
        notice: Ground of a banner that only informs.
        on_notice: Text on it.
    """

    window: str
    surface: str
    stage: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    soft: str
    warning: str
    on_warning: str
    notice: str
    on_notice: str


LIGHT = Colours(
    window="#f4f6f8",
    surface="#ffffff",
    stage="#e4e9ee",
    border="#d8dfe6",
    outline="#7b8794",
    text="#16202b",
    muted="#52606d",
    accent="#0b6573",
    on_accent="#ffffff",
    soft="#dceff1",
    warning="#fdecd2",
    on_warning="#5c3600",
    notice="#dceff1",
    on_notice="#08424b",
)

DARK = Colours(
    window="#12171d",
    surface="#1b222b",
    stage="#0b0f14",
    border="#2c3641",
    outline="#74818f",
    text="#edf1f5",
    muted="#a6b2bf",
    accent="#5fd0dd",
    on_accent="#06272c",
    soft="#1f3a41",
    warning="#46320f",
    on_warning="#ffdfa8",
    notice="#173940",
    on_notice="#bfeef4",
)


def stage_colour(widget: QWidget) -> QColor:
    """The ground behind the camera image, and of an empty bar."""
    return widget.palette().color(QPalette.ColorRole.AlternateBase)


def muted_colour(widget: QWidget) -> QColor:
    """Colour of secondary text."""
    return widget.palette().color(QPalette.ColorRole.PlaceholderText)


def accent_colour(widget: QWidget) -> QColor:
    """Colour of measured, chosen and focused parts."""
    return widget.palette().color(QPalette.ColorRole.Highlight)


class ThemeSwitch(QObject):
    """Applies a theme, now and whenever the system changes between light and dark.

    Args:
        app: Made with `STYLE` among its arguments.
        choice: What the user chose before.
    """

    def __init__(self, app: QApplication, choice: Theme) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._shown: Colours | None = None
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def choice(self) -> Theme:
        """What the user chose."""
        return self._choice

    def choose(self, choice: Theme) -> None:
        """Shows light or dark colours, or those of the system."""
        self._choice = choice
        self._apply()

    def _apply(self) -> None:
        dark = self._choice is Theme.DARK
        if self._choice is Theme.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        colours = DARK if dark else LIGHT
        if colours is not self._shown:
            self._shown = colours
            self._app.setPalette(palette(colours))
            self._app.setStyleSheet(stylesheet(colours))


def palette(colours: Colours) -> QPalette:
    """The colours as Qt's roles, for everything that paints itself."""
    role = QPalette.ColorRole
    result = QPalette()
    for name, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.stage,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Mid: colours.border,
        role.Dark: colours.outline,
        role.Light: colours.surface,
        role.Midlight: colours.border,
        role.Shadow: colours.outline,
    }.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.outline))
    return result


def tick(colours: Colours) -> str:
    """Path of the tick of a checked box, in the colour for the accent."""
    return asset("icons/tick-dark.svg" if colours is DARK else "icons/tick-light.svg").as_posix()


def stylesheet(colours: Colours) -> str:
    """The rest of the look: distances, round corners, states."""
    c = colours
    return f"""
QMenuBar {{ background: {c.window}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.soft}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 28px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.soft}; color: {c.text}; }}
QMenu::indicator {{ width: 14px; height: 14px; }}
QMenu::item:disabled {{ color: {c.outline}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 6px 8px; }}
QMenu::icon, QMenu::indicator {{ left: 8px; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 5px; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {c.border}; }}
QTabWidget::tab-bar {{ left: {2 * SPACE}px; }}
QTabBar {{ background: transparent; outline: none; qproperty-drawBase: 0; }}
QTabBar::tab {{
    background: transparent; color: {c.muted}; padding: 8px 14px; margin-right: 4px;
    border: none; border-bottom: 3px solid transparent;
}}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; }}
QTabBar::tab:hover:!selected {{ color: {c.text}; }}
QTabBar::tab:focus {{ background: {c.soft}; }}

QPushButton, QToolButton {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.outline};
    border-radius: 8px; padding: 7px 14px;
}}
QPushButton:hover, QToolButton:hover {{ background: {c.window}; border-color: {c.accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 6px 13px; }}
QPushButton:default, QPushButton[primary="true"] {{
    background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
}}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border-color: {c.text}; }}
QPushButton:disabled, QToolButton:disabled {{
    background: {c.surface}; color: {c.outline}; border-color: {c.border};
}}
QPushButton:default:hover, QPushButton[primary="true"]:hover {{
    background: {c.accent}; border-color: {c.text};
}}
QPushButton:pressed, QToolButton:pressed {{ background: {c.border}; }}
QToolButton:checked {{
    background: {c.soft}; color: {c.accent}; border: 2px solid {c.accent}; padding: 6px 13px;
}}
QToolButton:checked:hover {{ background: {c.soft}; border-color: {c.text}; }}
QToolButton[popupMode="2"] {{ padding-right: 28px; }}
QToolButton::menu-indicator {{
    subcontrol-origin: padding; subcontrol-position: right center; right: 10px;
}}

QLineEdit, QPlainTextEdit, QTextBrowser, QTreeWidget, QListWidget {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.outline};
    border-radius: 8px; padding: 6px 8px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QComboBox {{ padding: 4px 8px; min-height: 22px; }}
QLineEdit:disabled, QListWidget:disabled {{
    color: {c.outline}; border-color: {c.border};
}}
QLineEdit:focus, QTextBrowser:focus, QTreeWidget:focus, QListWidget:focus {{
    border: 2px solid {c.accent};
}}
QTreeWidget::item {{ padding: 3px; }}
QTreeWidget::item:hover:!selected {{ background: {c.window}; }}
QTreeWidget QLineEdit {{ border: 1px solid {c.accent}; border-radius: 0; padding: 0 2px; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator, QTreeWidget::indicator, QListWidget::indicator {{
    width: 14px; height: 14px; border: 1px solid {c.outline}; border-radius: 3px;
    background: {c.surface};
}}
QCheckBox::indicator:hover, QTreeWidget::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; width: 12px; height: 12px; }}
QCheckBox:focus {{ color: {c.accent}; }}
QCheckBox::indicator:checked, QTreeWidget::indicator:checked {{
    background: {c.accent}; border-color: {c.accent}; image: url("{tick(c)}");
}}
QCheckBox::indicator:disabled {{ border-color: {c.border}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

QProgressBar {{ background: {c.stage}; border: none; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {c.outline}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QFrame#card {{
    background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS}px;
}}
QLabel[muted="true"] {{ color: {c.muted}; }}

QFrame#banner {{ border-radius: {RADIUS}px; background: {c.notice}; }}
QFrame#banner QLabel {{ color: {c.on_notice}; }}
QFrame#banner QToolButton {{
    color: {c.on_notice}; border-color: {c.on_notice}; background: transparent;
}}
QFrame#banner[warning="true"] {{ background: {c.warning}; }}
QFrame#banner[warning="true"] QLabel {{ color: {c.on_warning}; }}
QFrame#banner[warning="true"] QToolButton {{ color: {c.on_warning}; border-color: {c.on_warning}; }}
"""


def scaled(font: QFont, factor: float) -> QFont:
    """The same font, larger by a factor."""
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    return font


def scale(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Gives a widget the system's font, larger by a factor."""
    font = scaled(widget.font(), factor)
    font.setWeight(QFont.Weight.DemiBold if bold else font.weight())
    widget.setFont(font)
