"""Captions: read strictly where they come in, with line number and remedy; kept as WebVTT (W3C), read as cues."""

from resources.transcripts.cues import MAXIMUM_BYTES, Cue, TranscriptError, check_size, timestamp
from resources.transcripts.shown import transcripts_of
from resources.transcripts.stored import cues_of_document
from resources.transcripts.subrip import webvtt_of_srt
from resources.transcripts.webvtt import parse_webvtt, plain_text

__all__ = [
    "MAXIMUM_BYTES",
    "Cue",
    "TranscriptError",
    "check_size",
    "cues_of_document",
    "parse_webvtt",
    "plain_text",
    "timestamp",
    "transcripts_of",
    "webvtt_of_srt",
]
