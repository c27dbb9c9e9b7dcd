"""The sample recordings: a script of turns becomes speech, slides, captions, chapters and one video."""

import subprocess
from pathlib import Path

import jinja2
import yaml

from . import browser, speech
from .captions import Cue, write_captions

HERE = Path(__file__).parent
WIDTH, HEIGHT, FRAMES_PER_SECOND = 854, 480, 5
PAUSE_AFTER_SENTENCE, PAUSE_AFTER_CLAUSE, PAUSE_BETWEEN_SPEAKERS, PAUSE_AT_ENDS = 0.5, 0.12, 0.75, 1.5
SHORTEST_CUE, LONGEST_CUE = 2.0, 6.0

NOTES = {
    "en": "Sample made by this website's project: invented speakers, synthetic voices.",
    "es": "Ejemplo hecho por el proyecto de este sitio: personajes inventados, voces sintéticas.",
}
RECORDINGS = ["recording-policy-convening", "recording-family-session"]


def make_recording(name, target, workdir):
    """Write video, captions and poster to the folder `target`; return what samples.yaml tells of it."""
    script = yaml.safe_load((HERE / f"recordings/{name}.yaml").read_text(encoding="utf-8"))
    samples, cues, shots, chapters = speak_turns(script, workdir)
    duration = len(samples) / speech.RATE
    for language, note in NOTES.items():
        write_captions(cues, language, note, target / f"{name}.{language}.vtt")
    pictures = draw_slides(script, {shot[1:] for shot in shots}, workdir, name)
    sound = workdir / f"{name}.wav"
    speech.write_wave(samples, sound)
    encode(list_shots(shots, pictures, duration, workdir / f"{name}.txt"), sound, script, target / f"{name}.mp4")
    make_poster(pictures[shots[0][1:]], target / f"{name}.jpg")
    return {
        "spoken_language": script["spoken"],
        "duration_seconds": round(duration),
        "chapters": chapters,
        "speakers": [{"name": s["name"], "role": s["role"]} for s in script["speakers"].values()],
    }


def speak_turns(script, workdir):
    """All turns, spoken one after another: (samples, cues, shots of (start, slide, speaker), chapters)."""
    samples, cues, shots, chapters = speech.silence(PAUSE_AT_ENDS), [], [], []
    for turn in script["turns"]:
        if shots:
            samples += speech.silence(PAUSE_BETWEEN_SPEAKERS - PAUSE_AFTER_SENTENCE)
        start = len(samples) / speech.RATE if shots else 0.0
        shots.append((start, turn["slide"], turn["speaker"]))
        if "chapter" in turn:
            chapters.append({"start": int(start), "title": turn["chapter"]})
        for english, spanish in turn["cues"]:
            cues.append(speak_cue({"en": english, "es": spanish}, script, turn["speaker"], samples, workdir))
    samples += speech.silence(PAUSE_AT_ENDS)
    return samples, cues, shots, chapters


def speak_cue(text, script, speaker, samples, workdir):
    """Append the sound of one cue and the pause after it to `samples`; return the cue, timed by the sound."""
    voice = script["speakers"][speaker]
    written = text[script["spoken"]]
    sound = speech.speak(
        speech.pronounceable(written, script["pronounce"]), voice["voice"], voice["pitch"], workdir / "cue.wav"
    )
    pause = PAUSE_AFTER_SENTENCE if written.rstrip("»")[-1] in ".?!:" else PAUSE_AFTER_CLAUSE
    start = len(samples) / speech.RATE
    spoken_until = start + len(sound) / speech.RATE
    samples += sound + speech.silence(pause)
    # A short cue stays on the screen into the pause that follows it.
    end = min(max(spoken_until, start + SHORTEST_CUE), spoken_until + pause)
    if not SHORTEST_CUE <= round(end - start, 2) <= LONGEST_CUE:
        raise ValueError(f"{end - start:.1f} s is no good length for the cue {written!r}")
    return Cue(start, end, voice["name"], text)


def draw_slides(script, wanted, workdir, name):
    """A picture for each (slide, speaker): the same slide with the one who speaks marked."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
    template = environment.get_template("slide.html")
    pictures = {}
    for slide, speaker in sorted(wanted):
        page = workdir / f"{name}-{slide}-{speaker}.html"
        html = template.render(
            language=script["spoken"],
            slide=script["slides"][slide],
            speakers=script["speakers"],
            speaking=speaker,
            note=script["slide_note"],
        )
        page.write_text(html, encoding="utf-8")
        pictures[slide, speaker] = page.with_suffix(".png")
        browser.take_picture(page, pictures[slide, speaker], WIDTH, HEIGHT)
    return pictures


def list_shots(shots, pictures, duration, target):
    """The list of pictures and their lengths that ffmpeg's concat reads."""
    ends = [start for start, *_ in shots[1:]] + [duration]
    lines = ["ffconcat version 1.0"]
    for (start, *shot), end in zip(shots, ends, strict=True):
        lines += [f"file '{pictures[tuple(shot)]}'", f"duration {end - start:.4f}"]
    # concat needs the last picture once more, or it cuts that one short.
    lines.append(lines[-2])
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def encode(pictures, sound, script, target):
    """One MP4 that telephones and browsers play: H.264 at few frames a second, AAC mono, ready to stream."""
    language = {"en": "eng", "es": "spa"}[script["spoken"]]
    title = script["slides"]["welcome"]["title"]
    exact = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"]
    subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", "-f", "concat", "-safe", "0", "-i", pictures, "-i", sound]
        + ["-vf", f"fps={FRAMES_PER_SECOND},format=yuv420p", "-c:v", "libx264", "-preset", "slow", "-crf", "26"]
        + ["-tune", "stillimage", "-g", "50", "-threads", "1", "-c:a", "aac", "-b:a", "56k", "-ac", "1"]
        + ["-shortest", *exact, "-metadata", f"title={title} (sample)", "-metadata:s:a:0", f"language={language}"]
        + ["-movflags", "+faststart", target],
        check=True,
    )


def make_poster(picture, target):
    """The first slide as JPEG."""
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", picture, "-q:v", "4", "-bitexact", target], check=True)
