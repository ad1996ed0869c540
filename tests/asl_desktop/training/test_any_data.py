"""The Training tab used by mouse and keyboard on the kinds of data that people bring."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.training.conftest import PATIENCE, press
from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.data.drawn import BOX, SHOWN, frame, hand, write
from trainer.data import download
from trainer.letters import ALPHABET, LETTERS
from trainer.support import paths


@pytest.fixture
def numbered(tmp_path: Path) -> Path:
    """Folders 0 to 25 with a finished crop each, of which 9 and 25 are J and Z."""
    folder = tmp_path / "numbered"
    for number, letter in enumerate(ALPHABET):
        shown = letter if letter in LETTERS else "A"
        write(folder / str(number) / "0.jpg", hand(shown))
    return folder


@pytest.fixture
def yolo(tmp_path: Path) -> Path:
    """A YOLO export with two whole frames of each of six letters."""
    folder = tmp_path / "export"
    names = ", ".join(repr(letter) for letter in ALPHABET)
    (folder / "train/labels").mkdir(parents=True)
    (folder / "data.yaml").write_text(f"train: ../train/images\nnc: 26\nnames: [{names}]\n")
    box = f"{(BOX.x + BOX.w / 2) / 320} {(BOX.y + BOX.h / 2) / 240} {BOX.w / 320} {BOX.h / 240}"
    for letter in SHOWN:
        for number in range(2):
            write(folder / f"train/images/{letter}{number}.jpg", frame(letter))
            label = folder / f"train/labels/{letter}{number}.txt"
            label.write_text(f"{ALPHABET.index(letter)} {box}\n")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive as Kaggle's: a table for training, one for testing, each twice, and an image."""
    train = write_csv(tmp_path / "mnist_train.csv", printed_letters(4)).read_bytes()
    test = write_csv(tmp_path / "mnist_test.csv", printed_letters(2)).read_bytes()
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, content in (("mnist_train", train), ("mnist_test", test)):
            file.writestr(f"{name}.csv", content)
            file.writestr(f"{name}/{name}.csv", content)
        file.writestr("amer_sign2.png", write(tmp_path / "a.png", hand("A")).read_bytes())
    return path


def choose(qtbot: QtBot, box: QComboBox, value: str) -> None:
    """Chooses an entry by the keyboard."""
    box.setFocus()
    index = box.findData(value)
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(index):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == index


def drag(tab: TrainingTab, *files: Path) -> bool:
    """Drags files over the tab and drops them if it lets; returns whether it does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(1, 1), Qt.DropAction.CopyAction, mime, buttons, keys)
    enter.ignore()
    tab.dragEnterEvent(enter)
    if enter.isAccepted():
        tab.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, mime, buttons, keys))
    return enter.isAccepted()


def train_briefly(tab: TrainingTab, qtbot: QtBot) -> str:
    """Trains one epoch; returns why it failed, or ""."""
    tab.recipe.advanced.set_values({"--hidden": "8", "--epochs": "1", "--batch-size": "4"})
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.start_button)
    qtbot.waitUntil(lambda: not tab.inspection.background.busy, timeout=PATIENCE)
    reason: str = ended.args[1]
    return reason


def test_an_archive_is_added_by_the_button_and_trained_on(
    tab: TrainingTab, qtbot: QtBot, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_for_files", lambda *_: [str(archive)])
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        press(qtbot, tab.recipe.files.add_button)
    assert tab.data.shape.text() == "archive.zip: 96 images of 28 × 28"
    assert "mnist_train.csv" in tab.data.notes.text()
    choose(qtbot, tab.recipe.validation, "random")
    assert train_briefly(tab, qtbot) == ""


def test_folders_0_to_25_are_added_by_the_keyboard_and_corrected(
    tab: TrainingTab, qtbot: QtBot, numbered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_for_folder", lambda *_: str(numbered))
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        qtbot.keyClick(tab.recipe.files.folder_button, Qt.Key.Key_Space)
    assert tab.data.shape.text().startswith("numbered: 24 images")
    assert tab.data.counts.marked == ""
    notes = tab.data.notes.text()
    assert "24 images" in notes
    assert "2" in notes
    assert "J" in notes
    # Read the other way, these numbers are no letters, and a sentence says so.
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        choose(qtbot, tab.recipe.labels, "no-gap")
    assert tab.data.shape.text() != "numbered: 24 images"
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        choose(qtbot, tab.recipe.labels, "")
    assert tab.data.shape.text().startswith("numbered: 24 images")
    choose(qtbot, tab.recipe.validation, "random")
    assert train_briefly(tab, qtbot) == ""


def test_a_yolo_export_is_dropped_and_its_boxes_used(
    tab: TrainingTab, qtbot: QtBot, yolo: Path
) -> None:
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        assert drag(tab, yolo)
    assert tab.data.shape.text().startswith("export: 12 images")
    assert "YOLO" in tab.data.notes.text()
    choose(qtbot, tab.recipe.validation, "")
    assert train_briefly(tab, qtbot) == ""


def test_hands_are_found_in_whole_frames_unless_the_user_says_no(
    tab: TrainingTab, qtbot: QtBot, tmp_path: Path
) -> None:
    for letter in "AB":
        write(tmp_path / f"frames/{letter}/1.jpg", frame(letter))
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        assert drag(tab, tmp_path / "frames")
    assert "The hand finder gave the box in 2 images" in tab.data.notes.text()
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        choose(qtbot, tab.recipe.hands, "never")
    assert "only their middle square is used" in tab.data.notes.text()
    assert "--find-hands is the choice “Hands in the images”" in tab.data.notes.text()
    assert tab.recipe.arguments()[2:6] == ["--validate", "photograph", "--find-hands", "never"]
    assert tab.recipe.search_arguments()[-2:] == ["--find-hands", "never"]


def test_numbers_that_fit_both_conventions_are_refused_until_the_user_chooses(
    tab: TrainingTab, qtbot: QtBot, tmp_path: Path
) -> None:
    for number, letter in enumerate(LETTERS):
        write(tmp_path / f"both/{number}/1.jpg", hand(letter))
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        assert drag(tab, tmp_path / "both")
    assert "--labels is the choice “Labels in the files”" in tab.data.notes.text()
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        choose(qtbot, tab.recipe.labels, "no-gap")
    assert tab.data.shape.text().startswith("both: 24 images")


def test_what_is_dropped_and_is_no_data_is_named(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    image = write(tmp_path / "hand.png", hand("A"))
    with qtbot.waitSignal(tab.error) as said:
        assert drag(tab, csv, image)
    assert "hand.png" in said.args[0]
    assert tab.recipe.paths == [csv]
    # Alone it is left to the window, which opens it.
    assert not drag(tab, image)


def test_files_and_how_they_are_read_are_remembered(
    make_tab: Callable[[], TrainingTab], qtbot: QtBot, csv: Path, numbered: Path
) -> None:
    tab = make_tab()
    tab.recipe.add_files([csv, numbered])
    choose(qtbot, tab.recipe.labels, "gap")
    choose(qtbot, tab.recipe.hands, "always")
    choose(qtbot, tab.recipe.validation, "files")
    tab.recipe.validation_files.add([csv])
    tab.close()
    again = make_tab()
    qtbot.waitUntil(lambda: not again.data.background.busy, timeout=PATIENCE)
    assert again.recipe.paths == [csv, numbered]
    assert again.recipe.validation_paths == [csv]
    assert again.recipe.labels.currentData() == "gap"
    assert again.recipe.hands.currentData() == "always"
    assert "letters.csv" in again.data.shape.text()


def test_a_remembered_file_that_is_gone_is_named(
    make_tab: Callable[[], TrainingTab], qtbot: QtBot, csv: Path
) -> None:
    make_tab().recipe.add_files([csv])
    csv.unlink()
    again = make_tab()
    with qtbot.waitSignal(again.data.summarised, timeout=PATIENCE):
        pass
    assert "letters.csv" in again.data.notes.text()
    assert again.recipe.paths == [csv]


CONTENT = {name: (f"{name}\n".encode() * 50_000)[: 1 << 20] for name in download.FILES}


class Server:
    """Gives the two files; waits in the middle of the first one while `going` is not set."""

    def __init__(self) -> None:
        self.going = threading.Event()
        self.going.set()
        self.content = dict(CONTENT)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = server.content[self.path.rsplit("/", 1)[-1]]
                start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(body) - start))
                self.end_headers()
                half = max(start, len(body) // 2)
                try:
                    self.wfile.write(body[start:half])
                    self.wfile.flush()
                    server.going.wait(60)
                    self.wfile.write(body[half:])
                except OSError:
                    pass

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self.going.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    server = Server()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
    monkeypatch.setattr(download, "FILES", digests)
    monkeypatch.setenv(download.MIRROR, server.address)
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "user data"))
    yield server
    server.close()


def test_the_data_set_is_downloaded_checked_and_added(
    tab: TrainingTab, qtbot: QtBot, server: Server
) -> None:
    part = tab.recipe.download
    server.going.clear()
    press(qtbot, part.button)
    half = "sign_mnist_train.csv: 50 %"
    qtbot.waitUntil(lambda: part.status.text() == half, timeout=PATIENCE)
    assert part.cancel_button.isVisible()
    assert not part.button.isVisible()
    server.going.set()
    qtbot.waitUntil(lambda: bool(tab.recipe.paths), timeout=PATIENCE)
    assert tab.recipe.paths == [part.folder / "sign_mnist_train.csv"]
    assert {file.name: file.read_bytes() for file in part.folder.iterdir()} == CONTENT
    assert part.button.isVisible()
    qtbot.waitUntil(lambda: not tab.data.background.busy, timeout=PATIENCE)


def test_a_download_is_cancelled_and_goes_on_later(
    tab: TrainingTab, qtbot: QtBot, server: Server
) -> None:
    part = tab.recipe.download
    server.going.clear()
    press(qtbot, part.button)
    qtbot.waitUntil(lambda: part.progress.value() > 0, timeout=PATIENCE)
    with qtbot.assertNotEmitted(tab.error):
        press(qtbot, part.cancel_button)
        server.going.set()
        qtbot.waitUntil(lambda: part.button.isVisible(), timeout=PATIENCE)
    assert tab.recipe.paths == []
    assert (part.folder / "sign_mnist_train.csv.part").stat().st_size > 0
    qtbot.keyClick(part.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(tab.recipe.paths), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not tab.data.background.busy, timeout=PATIENCE)


def test_a_download_of_another_file_is_refused(
    tab: TrainingTab, qtbot: QtBot, server: Server
) -> None:
    server.content["sign_mnist_train.csv"] += b"more"
    with qtbot.waitSignal(tab.error, timeout=PATIENCE) as said:
        press(qtbot, tab.recipe.download.button)
    assert "SHA-256" in said.args[0]
    assert tab.recipe.paths == []
