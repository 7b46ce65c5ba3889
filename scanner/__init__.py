"""Everything after the snapshot: evaluation, assessment, reports. Knows MLPS, knows no cloud."""

__version__ = "0.1.0"
