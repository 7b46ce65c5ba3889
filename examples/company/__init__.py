"""An example company account in the China regions of AWS, to scan.

A small bank with an internet mall, an office-automation (OA) system and a log archive, part of it
well kept and part of it not. `fill` creates it through the ordinary API of whatever answers at an
endpoint, usually a moto server (`examples.moto_server`). What is bad on purpose is listed in
`examples/README.md`.
"""

from examples.company.account import MAIN_REGION, STANDBY_REGION, Account, Summary
from examples.company.fill import fill

__all__ = ["MAIN_REGION", "STANDBY_REGION", "Account", "Summary", "fill"]
