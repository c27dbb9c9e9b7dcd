"""Runs the measurement, see `command`."""

from benchmarks.search_quality.command import main

main()
