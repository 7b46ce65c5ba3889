"""The assessment of a stored run, so that it is rendered again as it was: compressed JSON."""

from __future__ import annotations

import msgspec
import zstandard
from sqlalchemy import Connection, insert, select

from collectors.document import UserError
from scanner.assessment import Assessment
from scanner.history.runs import Run
from scanner.history.tables import REPORTS

_AGAIN = "Make the report from its verdicts or its snapshot, if they are there."


def keep(connection: Connection, run: int, assessment: Assessment) -> None:
    """Store the assessment of a run."""
    body = zstandard.ZstdCompressor(level=6).compress(msgspec.json.encode(assessment))
    connection.execute(insert(REPORTS).values(run=run, body=body))


def unpacked(connection: Connection, run: Run) -> Assessment:
    """The assessment of a run, a row of `RUNS`, with its waivers and attestations as they were
    then. Raises UserError where another version of mlps wrote it and this one does not read it."""
    body = connection.execute(select(REPORTS.c.body).where(REPORTS.c.run == run.id)).scalar()
    if body is None:
        raise UserError(f"The history has no report of run {run.id}.", _AGAIN)
    try:
        text = zstandard.ZstdDecompressor().decompress(body)
        return msgspec.json.decode(text, type=Assessment)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise UserError(
            f"Run {run.id} was stored by mlps {run.tool_version}; this version does not read it:"
            f" {error}.",
            _AGAIN,
        ) from error
