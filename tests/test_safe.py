"""Safe by construction: what the packages cannot do, since they do not even name it."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path for name in ("trainer", "asl_desktop") for path in (ROOT / name).rglob("*.py"))

UNPICKLING = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "jsonpickle"}
NETWORK = {
    *(
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "ftplib",
        "smtplib",
        "telnetlib",
        "xmlrpc",
        "socketserver",
    ),
    *("requests", "urllib3", "httpx", "aiohttp", "pooch", "huggingface_hub", "websockets"),
    *("webbrowser", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
}
RUNNING = {"eval", "exec", "compile", "__import__"}

DOORS = {
    "trainer/capture/connection.py": {"http", "socket", "ssl", "urllib"},
    "trainer/data/download.py": {"pooch", "requests"},
}
"""Who may reach the network: streams that a user opens (some by FFmpeg in OpenCV) and the download
command. Dask clusters, where a user names one, are reached by `distributed`."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def _imports(path: Path) -> list[str]:
    names: list[str] = []
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names += [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
    return names


def _among(name: str, forbidden: set[str]) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:end]) in forbidden for end in range(1, len(parts) + 1))


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 100


def test_nothing_is_unpickled() -> None:
    users = {(_name(p), n) for p in FILES for n in _imports(p) if _among(n, UNPICKLING)}
    assert users == set()
    for path in FILES:
        for node in _nodes(path):
            if not isinstance(node, ast.Call):
                continue
            function = ast.unparse(node.func)
            assert function not in ("joblib.load", "pd.read_pickle", "torch.load"), path
            if function in ("np.load", "np.lib.format.read_array"):
                allowed = {k.arg: ast.unparse(k.value) for k in node.keywords}.get("allow_pickle")
                assert allowed == "False", f"{path}:{node.lineno}"


def test_no_text_is_run_as_a_program() -> None:
    for path in FILES:
        for node in _nodes(path):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name):
                assert node.func.id not in RUNNING, f"{path}:{node.lineno}"
            function = ast.unparse(node.func)
            assert function not in ("os.system", "os.popen"), f"{path}:{node.lineno}"
            shell = {k.arg: ast.unparse(k.value) for k in node.keywords}.get("shell", "False")
            assert shell == "False", f"{path}:{node.lineno}"


def test_the_network_has_two_doors_only() -> None:
    users: dict[str, set[str]] = {}
    for path in FILES:
        named = {name.split(".")[0] for name in _imports(path) if _among(name, NETWORK)}
        if named:
            users[_name(path)] = named
    assert users == DOORS


@pytest.fixture(scope="module")
def requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the lock file pins, as pip-audit reads it."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    path = tmp_path_factory.mktemp("audit") / "requirements.txt"
    command = [uv, "export", "--locked", "--all-extras", "--all-groups", "--no-emit-project"]
    command += ["--format", "requirements-txt", "--output-file", str(path), "--quiet"]
    if subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("uv could not read the lock file here")
    return path


@pytest.mark.slow
def test_no_locked_package_has_a_known_vulnerability(requirements: Path) -> None:
    command = ["uvx", "--quiet", "pip-audit", "--requirement", str(requirements), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        pytest.skip("pip-audit cannot be had or cannot reach its database here")
    assert vulnerable(found["dependencies"]) == {}


def vulnerable(packages: list[dict[str, Any]]) -> dict[str, Any]:
    """Vulnerabilities by package, of what pip-audit says; skips where it knows no package."""
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        # An index that serves packages need not serve what is known of them; that is no all-clear.
        pytest.skip("pip-audit's database, as it is reached here, knows none of the packages")
    assert not unknown, "these were not audited"
    return {package["name"]: package["vulns"] for package in packages if package["vulns"]}


def test_packages_that_were_not_audited_are_no_all_clear() -> None:
    good, bad = {"name": "a", "vulns": []}, {"name": "b", "vulns": [{"id": "PYSEC-1"}]}
    unknown = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited"}
    assert vulnerable([good]) == {}
    assert list(vulnerable([good, bad])) == ["b"]
    with pytest.raises(AssertionError, match="not audited"):
        vulnerable([good, unknown])
    with pytest.raises(pytest.skip.Exception):
        vulnerable([unknown])
