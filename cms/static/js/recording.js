// Recordings: chapters, moments and transcript lines move the player, and the transcript follows it. Without this, the
// same links lead to the line of the transcript or open the video at their moment.

const video = document.querySelector(".player video");
const elsewhere = document.querySelector("a[data-player]");

function secondsIn(address) {
  const match = /^#t=(\d+)/.exec(address);
  return match ? Number(match[1]) : null;
}

function secondsOf(link) {
  if (link.hash && link.getAttribute("href").startsWith("#")) return secondsIn(link.hash);
  const cue = link.closest(".cue");
  if (cue) return Number(cue.dataset.start);
  return link.dataset.seconds ? Number(link.dataset.seconds) : null;
}

// Opens what is closed around a line and brings the line into view inside its own box; the page itself stays.
function reveal(line) {
  for (let part = line.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  const box = line.closest(".transcript__cues");
  const place = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += place - box.clientHeight / 3;
}

function playFrom(seconds) {
  video.currentTime = seconds;
  video.play().catch(() => {}); // Browsers may refuse to start by themselves; the place is set all the same.
}

let frame = null;

function address(at, plain, seconds) {
  return seconds === null || !at ? plain : at.replace("SECONDS", Math.floor(seconds));
}

function pointElsewhereTo(seconds) {
  elsewhere.dataset.plain = elsewhere.dataset.plain || elsewhere.href;
  elsewhere.href = address(elsewhere.dataset.at, elsewhere.dataset.plain, seconds);
  elsewhere.dataset.start = seconds === null ? "" : seconds;
}

// A new player each time: one that is there already would not go to another moment of the same address.
function playElsewhereFrom(seconds) {
  const next = document.createElement("iframe");
  next.src = address(elsewhere.dataset.playerAt, elsewhere.dataset.player, seconds);
  next.title = elsewhere.dataset.title;
  next.allow = "autoplay; fullscreen; encrypted-media";
  (frame || elsewhere.closest(".player__elsewhere")).replaceWith(next);
  frame = next;
}

function goTo(seconds) {
  if (video) playFrom(seconds);
  else if (frame) playElsewhereFrom(seconds);
  else if (elsewhere) pointElsewhereTo(seconds);
}

// What the address asks for: its moment plays, its line is in view, and the player, too.
function goToAddress() {
  const seconds = secondsIn(window.location.hash);
  if (seconds === null) return;
  goTo(seconds);
  const named = document.getElementById(window.location.hash.slice(1));
  const line = named ? named.closest(".cue") : lineAt(seconds);
  if (line) reveal(line);
  showPlayer();
}

// For a second in which no caption begins.
function lineAt(seconds) {
  const lines = [...document.querySelectorAll("[data-transcript][open] .cue")];
  return lines.filter((line) => Number(line.dataset.start) <= seconds).pop();
}

function showPlayer() {
  if (video || elsewhere) document.getElementById("player").scrollIntoView({ block: "nearest", behavior: "instant" });
}

function showCurrentCue(transcript) {
  const cues = [...transcript.querySelectorAll(".cue")];
  const starts = cues.map((line) => Number(line.dataset.start));
  const ends = cues.map((line) => Number(line.dataset.end));
  const follow = transcript.querySelector("[data-follow]");
  let current = null;

  // The last line that has begun and not ended; captions may overlap.
  function cueAt(now) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= now) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= 0 && at > low - 50; at -= 1) if (ends[at] > now) return cues[at];
    return null;
  }

  video.addEventListener("timeupdate", () => {
    const cue = cueAt(video.currentTime);
    if (cue === current) return;
    if (current) current.classList.remove("is-current");
    if (cue) cue.classList.add("is-current");
    current = cue;
    if (cue && follow.checked && transcript.open) reveal(cue);
  });
  transcript.querySelector(".transcript__tools").hidden = false;
}

if (video) document.querySelectorAll("[data-transcript]").forEach(showCurrentCue);

document.addEventListener("click", (event) => {
  const link = event.target.closest(".cue a, .chapters a, .moments a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const seconds = secondsOf(link);
  if (seconds === null || !(video || frame)) return;
  event.preventDefault();
  showPlayer();
  goTo(seconds);
});

// A player of another site is loaded only after the reader asks for it.
if (elsewhere && elsewhere.dataset.player) {
  elsewhere.addEventListener("click", (event) => {
    event.preventDefault();
    playElsewhereFrom(elsewhere.dataset.start ? Number(elsewhere.dataset.start) : null);
    frame.focus();
  });
}

window.addEventListener("hashchange", goToAddress);
goToAddress();
// When everything is there, the browser goes to the line once more, and would glide there past the player.
if (secondsIn(window.location.hash) !== null) {
  const page = document.documentElement;
  page.style.scrollBehavior = "auto";
  const afterwards = () => {
    showPlayer();
    page.style.scrollBehavior = "";
  };
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(afterwards)));
}
