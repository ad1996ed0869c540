"""Many training runs at once: on the cores of this computer, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from threadpoolctl import threadpool_limits

from trainer.support import workers
from trainer.support.errors import UserError


def run_all(
    task: Callable[..., Any],
    cells: Mapping[str, Sequence[Any]],
    data: Sequence[Any],
    jobs: int = -1,
    dask: str | None = None,
) -> Iterator[tuple[str, Any]]:
    """Calls `task(*data, *arguments)` for every cell.

    Args:
        task: A function of a module, so that other processes find it.
        cells: The arguments by the cell's name.
        data: What all cells need; sent to every worker once.
        jobs: Processes; −1: one a core.
        dask: Address of a Dask scheduler to run on instead.

    Yields:
        Name and result of a cell, in the order in which they are done.

    Raises:
        UserError: Dask is not installed, or nobody answers at that address.
    """
    # joblib takes a while to import, which other commands should not pay.
    import joblib

    with ExitStack() as stack:
        if dask is not None:
            stack.enter_context(_connected(dask))
            stack.enter_context(joblib.parallel_config(backend="dask", scatter=list(data)))
            # Dask gives its results all at the end.
            pool = joblib.Parallel(return_as="list")
        else:
            pool = workers.parallel(jobs, return_as="generator_unordered")
        yield from pool(
            joblib.delayed(_named)(name, task, *data, *arguments)
            for name, arguments in cells.items()
        )


def _named(name: str, task: Callable[..., Any], *arguments: Any) -> tuple[str, Any]:
    # Several threads may add up a product in another order, and a cell would depend on how many
    # processes there are.
    with threadpool_limits(1, user_api="blas"):
        return name, task(*arguments)


def _connected(address: str) -> Any:
    """A client of the cluster, to be closed by `with`."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError(
            "--dask needs the package distributed. Install it: pip install 'asl-desktop[dask]'."
        ) from None
    try:
        return Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UserError(f"{address}: no Dask scheduler answers there ({error}).") from error


def abandon() -> None:
    """Does not return. What was written to disk stays as it is.

    It takes no lock, for it is called by a thread while the main one may be at anything: importing
    joblib, or starting its workers. joblib's own way to stop would wait for those.
    """
    # Workers of a process that just ended would first finish what they are at, for minutes.
    try:
        for worker in multiprocessing.active_children():
            worker.terminate()
    finally:
        os._exit(0)
