"""How much a file may cost to read."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading; whatever goes beyond is cut or refused, and the reason kept."""

    file_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    archive_entries: int = 10_000
    pages: int = 5_000
    characters: int = 5_000_000
    output_bytes: int = 40 * MEGABYTE
    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 60
    seconds: int = 120
