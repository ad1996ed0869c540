"""The language of the app's texts."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from trainer.support.paths import asset


class Language(StrEnum):
    """The languages of the app; their values are ISO 639 codes."""

    SYSTEM = "system"
    ENGLISH = "en"
    SPANISH = "es"

    @property
    def code(self) -> str:
        """ISO 639 code; for SYSTEM, that of the system if it is translated, else English."""
        if self is not Language.SYSTEM:
            return self.value
        code = QLocale.languageToCode(QLocale.system().language())
        return code if code in _TRANSLATED else Language.ENGLISH.value


_TRANSLATED = (Language.SPANISH.value,)
"""Languages other than English, in which the source texts are written."""


def speak(app: QCoreApplication, language: Language) -> None:
    """Translates the app's texts, dates and Qt's own texts; call it before widgets are made.

    Args:
        app: Owns the translators.
        language: As chosen in the View menu.
    """
    spoken = QLocale(language.code)
    # The system's own dates, which are those of a country, stay where the language is the same.
    if spoken.language() != QLocale.system().language():
        QLocale.setDefault(spoken)
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
    """The text itself, marked for translation; PySide6's own function has no type hints."""
    return text
