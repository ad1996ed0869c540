"""One slider for how fast somebody spells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from asl_desktop.settings import Settings
from asl_desktop.widgets.parts import caption
from asl_desktop.widgets.theme import SPACE
from trainer.recognition.steady import Pace, SteadySettings

_PACES = list(Pace)


class PaceSlider(QWidget):
    """Calm, normal or fast; all times of typing follow from it.

    Args:
        settings: Remembers it.
    """

    changed = Signal(Pace)
    """What the user chose."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._names = {
            Pace.CALM: self.tr("Calm"),
            Pace.NORMAL: self.tr("Normal"),
            Pace.FAST: self.tr("Fast"),
        }
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(_PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setValue(_PACES.index(settings.pace))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(caption(self.tr("Pa&ce"), self.slider))
        layout.addSpacing(SPACE)
        layout.addWidget(self._end(Pace.CALM))
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._end(Pace.FAST))
        self._describe()
        self.slider.valueChanged.connect(self._choose)

    @property
    def pace(self) -> Pace:
        """What is chosen."""
        return _PACES[self.slider.value()]

    def show_pace(self, pace: Pace) -> None:
        """Chooses a pace."""
        self.slider.setValue(_PACES.index(pace))

    def _end(self, pace: Pace) -> QLabel:
        label = QLabel(self._names[pace])
        label.setProperty("muted", True)
        return label

    def _choose(self) -> None:
        self._settings.pace = self.pace
        self._describe()
        self.changed.emit(self.pace)

    def _describe(self) -> None:
        times = SteadySettings.at(self.pace)
        name = self._names[self.pace]
        hint = self.tr("a letter is typed when held for {0} s, a space after {1} s without a hand")
        hint = hint.replace("{0}", f"{times.dwell:g}").replace("{1}", f"{times.space:g}")
        self.slider.setAccessibleName(self.tr("Pace of typing: {0}").replace("{0}", name))
        self.setToolTip(f"{name}: {hint}")
