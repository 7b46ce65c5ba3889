"""What a scan that nobody watches needs: one at a time, an end, a log, a folder for each run."""
