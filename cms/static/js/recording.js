// Recordings: chapters and transcript lines move the player, and the transcript follows it. Without this, the same
// links open the video file at their moment, and a video on another site opens there.

const video = document.querySelector(".player video");

function secondsInAddress() {
  const match = /^#t=(\d+)/.exec(window.location.hash);
  return match ? Number(match[1]) : null;
}

function playFrom(seconds) {
  video.currentTime = seconds;
  video.play().catch(() => {}); // Browsers may refuse to start by themselves; the place is set all the same.
}

function showCurrentCue(transcript) {
  const cues = [...transcript.querySelectorAll(".cue")];
  const box = transcript.querySelector(".transcript__cues");
  const follow = transcript.querySelector("[data-follow]");
  let current = null;
  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    const cue = cues.find((line) => now >= Number(line.dataset.start) && now < Number(line.dataset.end)) || null;
    if (cue === current) return;
    if (current) current.classList.remove("is-current");
    if (cue) cue.classList.add("is-current");
    current = cue;
    if (cue && follow.checked) box.scrollTop = cue.offsetTop - box.offsetTop - box.clientHeight / 3;
  });
  transcript.querySelector(".transcript__tools").hidden = false;
}

if (video) {
  document.querySelectorAll("a[data-seconds]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      video.scrollIntoView({ block: "nearest" });
      playFrom(Number(link.dataset.seconds));
    });
  });
  document.querySelectorAll("[data-transcript]").forEach(showCurrentCue);
  const start = secondsInAddress();
  if (start !== null) video.currentTime = start;
  window.addEventListener("hashchange", () => {
    const seconds = secondsInAddress();
    if (seconds !== null) playFrom(seconds);
  });
}

// A player of another site is loaded only after the reader asks for it.
document.querySelectorAll("a[data-player]").forEach((link) => {
  if (!link.dataset.player) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = link.dataset.player;
    frame.title = link.dataset.title;
    frame.allow = "autoplay; fullscreen; encrypted-media";
    link.closest(".player__elsewhere").replaceWith(frame);
    frame.focus();
  });
});
