from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

_LOWERED = """
import json, os, threading
import numpy
from trainer.support import priority

before = os.nice(0)
threading.Thread(target=threading.Event().wait, daemon=True).start()
priority.lower()
threads = os.listdir("/proc/self/task")
print(json.dumps([before] + [os.getpriority(os.PRIO_PROCESS, int(thread)) for thread in threads]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has one priority")
def test_the_threads_that_were_there_before_give_way_too() -> None:
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-c", _LOWERED]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    before, *threads = json.loads(printed)
    assert len(threads) >= 2
    assert set(threads) == {min(before + 10, 19)}
