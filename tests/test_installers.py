"""The recipe of the one-folder build, as far as it can be checked without building."""

from __future__ import annotations

import configparser
import runpy
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from joblib.externals.loky.backend import popen_loky_posix, resource_tracker
from PySide6.QtGui import QImage, QImageReader

ROOT = Path(__file__).resolve().parents[1]
INSTALLERS = ROOT / ".ci/installers"


@pytest.fixture
def start() -> dict[str, Any]:
    """What trainer_start.py defines."""
    return runpy.run_path(str(INSTALLERS / "trainer_start.py"))


def test_a_worker_of_joblib_works(start: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(runpy, "run_module", lambda name, **_: ran.append((name, sys.argv[1:])))
    # As joblib's `_launch` puts it.
    module = popen_loky_posix.Popen.__module__
    assert start["help_joblib"](["-m", module, "--process-name", "P", "--pipe", "7"])
    assert ran == [(module, ["--process-name", "P", "--pipe", "7"])]


def test_what_clears_up_after_joblib_s_workers_does(
    start: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipes: list[int] = []
    # As joblib's `ensure_running` puts it.
    code = f"from {resource_tracker.main.__module__} import main; main(9, False)"
    monkeypatch.setattr(resource_tracker, "main", pipes.append)
    assert start["help_joblib"](["-B", "-c", code])
    assert pipes == [9]


@pytest.mark.parametrize(
    "given", [[], ["--version"], ["train", "--train", "x.csv"], ["-c", "print(1)"], ["-m", "os"]]
)
def test_everything_else_is_a_command(start: dict[str, Any], given: list[str]) -> None:
    assert not start["help_joblib"](given)


class Recorded:
    """Stands for whatever PyInstaller makes; keeps what it was made of."""

    pure = scripts = ()

    def __init__(self, *given: Any, **named: Any) -> None:
        self.given, self.named = given, named
        self.datas = list(named.get("datas", []))
        self.binaries = [
            ("cv2/cv2.abi3.so", "", "BINARY"),
            ("cv2/qt/plugins/platforms/libqxcb.so", "", "BINARY"),
            ("PySide6/Qt/plugins/platforms/libqxcb.so", "", "BINARY"),
        ]


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_recipe_takes_along_what_the_program_looks_for(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = ModuleType("PyInstaller.utils.hooks")
    hooks.copy_metadata = lambda name: []  # type: ignore[attr-defined]
    hooks.collect_submodules = lambda name: [name]  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    monkeypatch.setattr(sys, "path", list(sys.path))
    # What the recipe imports is of this system.
    monkeypatch.syspath_prepend(str(INSTALLERS))
    import icons  # noqa: F401

    monkeypatch.setattr(sys, "platform", system)
    names = dict.fromkeys(("Analysis", "PYZ", "EXE", "COLLECT"), Recorded)
    bundles: list[Recorded] = []
    made = runpy.run_path(
        str(INSTALLERS / "asl_desktop.spec"),
        names
        | {
            "BUNDLE": lambda *given, **named: bundles.append(Recorded(*given, **named)),
            "SPECPATH": str(INSTALLERS),
            "workpath": str(tmp_path),
        },
    )
    app, trainer = made["app"], made["trainer"]
    for program in (app, trainer):
        assert Path(program.given[0][0]).is_file()
        taken = {(Path(source), target) for source, target in program.datas}
        assert {(ROOT / "assets", "trainer/_assets"), (ROOT / "data", "trainer/_data")} <= taken
        assert (ROOT / "THIRD_PARTY.md", "licences") in taken
        # Those of the works that are in the folder, too.
        assert any(target.startswith("licences/numpy") for _, target in taken)
        assert [name for name, *_ in program.binaries] == [
            "cv2/cv2.abi3.so",
            "PySide6/Qt/plugins/platforms/libqxcb.so",
        ]
    both = {program.named["name"]: program.named for program in made["folder"].given[:2]}
    assert both.keys() == {"asl-desktop", "trainer"}
    assert both["trainer"]["console"]
    assert Path(both["asl-desktop"]["icon"]).is_file()
    assert len(bundles) == (system == "darwin")
    for bundle in bundles:
        assert "hand" in bundle.named["info_plist"]["NSCameraUsageDescription"]


def images(path: Path) -> list[QImage]:
    reader = QImageReader(str(path))
    found = []
    for place in range(reader.imageCount()):
        assert reader.jumpToImage(place)
        found.append(reader.read())
    return found


def test_the_icon_is_drawn_for_windows_and_macos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(INSTALLERS))
    from icons import ICNS_SIDES, ICO_SIDES, write_icons

    windows, macos = write_icons(ROOT / "assets/icons/asl-desktop.svg", tmp_path)
    assert [image.width() for image in images(windows)] == list(ICO_SIDES)
    assert [image.width() for image in images(macos)] == list(ICNS_SIDES.values())
    largest = images(macos)[-1]
    assert largest.pixelColor(0, 0).alpha() == 0
    assert largest.pixelColor(512, 100).blue() > largest.pixelColor(512, 100).red()


def test_the_desktop_entry_names_what_is_installed() -> None:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(ROOT / "assets/desktop/asl-desktop.desktop", encoding="utf-8")
    entry = parsed["Desktop Entry"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert entry["Exec"] in project["project"]["gui-scripts"]
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert all((ROOT / source).is_file() for source in shared)
    assert f"share/icons/hicolor/scalable/apps/{entry['Icon']}.svg" in shared.values()


def test_the_workflow_builds_on_three_systems() -> None:
    text = (ROOT / ".github/workflows/installers.yml").read_text(encoding="utf-8")
    job = yaml.safe_load(text)["jobs"]["build"]
    systems = {name.partition("-")[0] for name in job["strategy"]["matrix"]["system"]}
    assert systems == {"ubuntu", "windows", "macos"}
    commands = [step.get("run", "") for step in job["steps"]]
    assert "bash .ci/installers/build" in commands
    assert (INSTALLERS / "build").is_file()
