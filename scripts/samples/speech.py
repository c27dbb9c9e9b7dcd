"""Synthetic speech: one sound per cue, so that captions are timed by what was really spoken."""

import array
import subprocess
import wave

RATE = 22050
WORDS_PER_MINUTE = 142
QUIET = 260  # below this amplitude (of 32,768) a sample counts as silence
MARGIN = int(RATE * 0.03)


def speak(text, voice, pitch, target):
    """The samples of `text` in an espeak-ng `voice`, without the silence around them."""
    arguments = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(WORDS_PER_MINUTE), "-w", str(target), text]
    subprocess.run(arguments, check=True, capture_output=True)
    with wave.open(str(target)) as sound:
        if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (RATE, 1, 2):
            raise ValueError(f"{voice}: expected 16-bit mono at {RATE} Hz")
        return trim(array.array("h", sound.readframes(sound.getnframes())))


def trim(samples):
    """`samples` from just before the first sound to just after the last one."""
    loud = [place for place, value in enumerate(samples) if abs(value) > QUIET]
    if not loud:
        raise ValueError("nothing was spoken")
    return samples[max(loud[0] - MARGIN, 0) : loud[-1] + MARGIN]


def silence(seconds):
    return array.array("h", bytes(2 * round(seconds * RATE)))


def pronounceable(text, pronounce):
    """`text` as the voice should read it: names and bill numbers spelled by their sound."""
    for written, sounded in pronounce.items():
        text = text.replace(written, sounded)
    return text


def write_wave(samples, target):
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
