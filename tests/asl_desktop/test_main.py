from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from asl_desktop.main import main
from asl_desktop.main_window import LATE_MODULES
from tests.asl_desktop.helpers import plain, write_clip
from tests.patience import PROGRAM_SECONDS

RUN = [sys.executable, "-c", "import sys; from asl_desktop.main import main; sys.exit(main())"]


def test_the_version_is_printed_without_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"asl-desktop {version('asl-desktop')}\n"


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "0,0,0,5", "nan,0,1,1"])
def test_a_box_that_is_none_is_refused(box: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--box", box])
    assert left.value.code == 2
    assert "left,top,width,height" in capsys.readouterr().err


def test_the_whole_program_shows_a_clip_and_ends(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", [plain(30)] * 5)
    code = f"{RUN[2].removesuffix('sys.exit(main())')}code = main(); "
    code += "print({m.partition('.')[0] for m in sys.modules}); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code, "--exit-after-first-frame", "--source", str(clip)],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, told) == (0, [])
    first, modules = done.stdout.splitlines()
    assert first == "first frame"
    assert "'cv2'" in modules
    assert not any(f"'{late}'" in modules for late in ("pandas", "pyqtgraph", "matplotlib"))


def test_the_window_needs_no_tables_and_no_plots() -> None:
    code = "import asl_desktop.main_window, sys; print(set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'asl_desktop.live.live_tab'" in done.stdout
    late = ("pandas", "pyqtgraph", "PySide6.QtSvg", *LATE_MODULES)
    assert [name for name in late if f"'{name}'" in done.stdout] == []
