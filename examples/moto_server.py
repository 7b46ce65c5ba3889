"""A throw-away AWS, answered by a real moto HTTP server on 127.0.0.1.

    with running_moto() as endpoint_url:
        fill(endpoint_url)

moto keeps everything that was created in process-wide registries. A server thread inside the
calling process would therefore carry one test's resources into the next, would share its
interpreter lock (so that a collector's speed would be measured together with moto's), and would
import all of moto into the process under test. So the server is a process of its own: this file,
run as a script. It binds port 0, so that no two runs can fight over a port, says on its standard
output which one it got, and ends when its standard input closes: it never outlives the process
that started it, even when that one is killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

STARTUP_SECONDS = 60.0
"""How long a start may take: importing moto needs a second or two, more on a busy machine."""

SEED = 22239
"""Seeds moto's generator of ids, so that the same calls give the same ids in every run."""

_IMAGES = Path(__file__).parent / "moto_images.json"
_READY = "ready "


class MotoServerError(RuntimeError):
    """The server did not start."""


@contextmanager
def running_moto(startup_seconds: float = STARTUP_SECONDS) -> Iterator[str]:
    """Start a moto server with an empty account, yield its endpoint URL, stop it at the end."""
    with subprocess.Popen(
        [sys.executable, "-P", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_server_environment(),
    ) as process:
        log: list[str] = []
        drain = threading.Thread(target=_drain, args=(process, log), daemon=True)
        drain.start()
        try:
            yield _endpoint(process, log, startup_seconds)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            drain.join(timeout=5)


def start_for_all(alive: Path, log: Path, startup_seconds: float = STARTUP_SECONDS) -> str:
    """Start a server that several processes share, and give its endpoint URL. It lives as long as
    any process holds the named pipe `alive` open for writing, which the caller does already."""
    with alive.open("rb") as held, log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            stdin=held,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            env=_server_environment(),
        )
    return _endpoint(process, [], startup_seconds)


def _server_environment() -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOTO_")}
    # moto's own several hundred example images would drown the few that the company has.
    environment["MOTO_AMIS_PATH"] = str(_IMAGES)
    # Policies such as AdministratorAccess exist in every real account.
    environment["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # Certificates are issued at once: no answer may depend on how long ago one was asked for.
    environment["MOTO_ACM_VALIDATION_WAIT"] = "-1"
    return environment


def _drain(process: subprocess.Popen[str], log: list[str]) -> None:
    """Keep reading the server's request log, so that a full pipe never stops it; keep the end."""
    if process.stderr is None:
        return
    with suppress(ValueError):  # closed while reading, at the end
        for line in process.stderr:
            log.append(line)
            del log[:-40]


def _endpoint(process: subprocess.Popen[str], log: list[str], startup_seconds: float) -> str:
    if process.stdout is None:
        raise MotoServerError("the moto server has no standard output")
    # A start that hangs is ended from outside, which also ends the blocking read below.
    watchdog = threading.Timer(startup_seconds, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.startswith(_READY):
                return line.removeprefix(_READY).strip()
    finally:
        watchdog.cancel()
    process.wait()
    said = "".join(log[-10:]).strip() or "nothing"
    raise MotoServerError(
        f"the moto server did not start (exit code {process.returncode}); it said: {said}"
    )


def _serve() -> None:
    """The server process: listen, say where, and wait until standard input closes."""
    # Only the server process pays for importing moto.
    from moto.moto_api._internal import mock_random  # noqa: PLC0415
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    # Run as a script, this file's own folder is not on the path.
    sys.path.append(str(Path(__file__).parent))
    from moto_data import answer_data  # type: ignore[import-not-found]  # noqa: PLC0415
    from moto_more import answer_more  # type: ignore[import-not-found]  # noqa: PLC0415

    _answer_more()
    answer_more()
    answer_data()
    mock_random.seed(SEED)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"{_READY}http://{host}:{port}", flush=True)
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
    server.stop()


def _answer_more() -> None:
    """What moto does not answer, or not as AWS does, answered as for an account that uses none of
    these services: Systems Manager knows no machine, Inspector is off rather than not spoken of,
    and Data Lifecycle Manager, which moto does not have at all, has no policy. What else it leaves
    out is in `moto_more` and `moto_data`."""
    from moto.core.responses import ActionResult  # noqa: PLC0415
    from moto.inspector2.models import AccountStatus, Inspector2Backend  # noqa: PLC0415
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication  # noqa: PLC0415
    from moto.ssm.responses import SimpleSystemManagerResponse  # noqa: PLC0415

    told_of = Inspector2Backend.batch_get_account_status

    def told_of_all(self: Inspector2Backend, account_ids: list[str]) -> list[dict[str, Any]]:
        for account_id in account_ids:
            self.account_status.setdefault(account_id, AccountStatus(account_id))
        return told_of(self, account_ids)

    def no_machines(_self: SimpleSystemManagerResponse) -> ActionResult:
        return ActionResult({"InstanceInformationList": []})

    dispatch = DomainDispatcherApplication.__call__

    def with_lifecycles(self: DomainDispatcherApplication, environ: Any, start: Any) -> Any:
        if "/dlm/aws4_request" not in environ.get("HTTP_AUTHORIZATION", ""):
            return dispatch(self, environ, start)
        start("200 OK", [("Content-Type", "application/json"), ("x-amzn-RequestId", "1")])
        return [b'{"Policies": []}']

    DomainDispatcherApplication.__call__ = with_lifecycles  # type: ignore[method-assign, assignment]
    Inspector2Backend.batch_get_account_status = told_of_all  # type: ignore[method-assign]
    SimpleSystemManagerResponse.describe_instance_information = no_machines  # type: ignore[attr-defined]


if __name__ == "__main__":
    _serve()
