"""The language of the app's texts."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from trainer.support.paths import asset


class Language(StrEnum):
    """The languages that the app speaks; their values are ISO 639 codes."""

    SYSTEM = "system"
    ENGLISH = "en"
    SPANISH = "es"

    @property
    def code(self) -> str:
        """ISO 639 code; that of the system's language where that is one of the app's."""
        if self is not Language.SYSTEM:
            return self.value
        code = QLocale.languageToCode(QLocale.system().language())
        return code if code in _TRANSLATED else Language.ENGLISH.value


_TRANSLATED = (Language.SPANISH.value,)
"""Beside English, which the texts are written in."""


def speak(app: QCoreApplication, language: Language) -> None:
    """Makes the app's texts, and Qt's own, appear in a language; before widgets are made.

    Args:
        app: Owns the translators.
        language: As chosen in the View menu.
    """
    if language.code not in _TRANSLATED:
        return
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language.code}", qt_texts), (language.code, _folder())):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)


def _folder() -> str:
    return str(asset("translations"))


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text itself, marked for translation. PySide6's own says nothing of its type."""
    return text
