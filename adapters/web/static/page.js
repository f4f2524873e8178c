// What the page does beyond plain forms: send without leaving, and show what happens as it happens.
"use strict";

const body = document.body;
const panes = { community: document.getElementById("community"), staff: document.getElementById("staff") };

// Sending, one after the other. The server answers with what to change; what was said arrives with the events.
let last = Promise.resolve();
let waiting = 0;
let stale = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("data-whole")) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  const data = new URLSearchParams(new FormData(form, event.submitter));
  // A message is on its way at once: the next one can be typed while it travels.
  if (form.matches(".composer")) renew(form);
  else form.setAttribute("aria-busy", "true");
  waiting += 1;
  // An entry that changes takes its form out of the page before the answer arrives.
  const place = form.closest(".pane, .top");
  last = last.then(() => send(form, data, place));
});

async function send(form, data, place) {
  let told = { refused: form.dataset.lost ?? body.dataset.lost };
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: data });
    told = await answer.json();
  } catch {
    // It did not arrive, or what answers is not this page.
  }
  tell(place, told);
  if (!told.refused) sent(form, told, place);
  else if (form.matches(".composer")) restore(form, data);
  form.removeAttribute("aria-busy");
  waiting -= 1;
  if (stale && !waiting) location.reload();
}

// What the page itself says about it stands beside what was pressed.
function tell(place, { said, refused }) {
  const own = place.querySelector(".news");
  own.textContent = refused ?? said;
  own.classList.toggle("failed", Boolean(refused));
}

function sent(form, answer, place) {
  stale ||= answer.language !== document.documentElement.lang;
  if (!form.matches(".composer")) renew(form);
  if (form.matches(".ask") && answer.settled) settle(form, place);
}

// What is sent next is another event.
function renew(form) {
  if (form.elements.event) form.elements.event.value = crypto.randomUUID();
  if (form.matches(".composer")) form.reset();
}

// What did not arrive is given back, with its event id: if it did arrive after all, sending it again changes nothing.
function restore(form, data) {
  const { text, event } = form.elements;
  if (!text.value) event.value = data.get("event");
  text.value = [data.get("text"), text.value].filter(Boolean).join("\n");
}

function settle(form, place) {
  const sheet = form.closest("[popover]");
  if (sheet) {
    form.reset();
    sheet.hidePopover();
  } else {
    place.querySelector(".composer textarea").focus({ preventScroll: true });
    form.replaceWith(form.querySelector(".asked"));
  }
}

// Enter sends, Shift+Enter starts a line.
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !box.matches(".composer textarea")) return;
  event.preventDefault();
  if (box.value.trim()) box.form.requestSubmit();
});

// A form opens ready to be written in.
document.addEventListener("toggle", (event) => {
  if (event.newState === "open") event.target.querySelector("textarea")?.focus();
}, true);

// What happens, as it happens. An entry has a stable id: shown twice it would still be here once.
const events = new EventSource(`${body.dataset.events}&after=${body.dataset.cursor}`);
events.addEventListener("clock", (event) => { document.getElementById("clock").textContent = event.data; });
for (const [name, pane] of Object.entries(panes)) {
  events.addEventListener(name, (event) => show(pane, event.data));
}
events.addEventListener("ideas", (event) => arrange(event.data));
addEventListener("pagehide", () => events.close());

function show(pane, html) {
  const entry = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  const standing = document.getElementById(entry.id);
  if (standing?.dataset.turn === entry.dataset.turn) return;
  if (standing) {
    // What a button changed changes where it stands.
    standing.replaceWith(document.adoptNode(entry));
    return;
  }
  pane.querySelector(".entries").append(document.adoptNode(entry));
  reveal(pane);
  const form = entry.querySelector(".ask");
  if (form && ready(pane)) form.querySelector("textarea, input:not([type=hidden])")?.focus();
}

// The ideas as they stand now: those that changed come along, of the others only their order.
function arrange(html) {
  const list = document.querySelector("#ideas .cards");
  const told = new DOMParser().parseFromString(html, "text/html").querySelector(".cards");
  for (const card of [...told.children]) {
    const standing = document.getElementById(card.id);
    if (standing?.dataset.turn === card.dataset.turn) continue;
    const pressed = standing?.contains(document.activeElement);
    if (standing) standing.replaceWith(document.adoptNode(card));
    else list.append(document.adoptNode(card));
    if (pressed) card.querySelector("button")?.focus({ preventScroll: true });
  }
  const order = told.dataset.order.split(" ").filter(Boolean);
  for (const card of [...list.children]) if (!order.includes(card.id)) card.remove();
  order.forEach((id, place) => {
    if (list.children[place]?.id !== id) list.insertBefore(document.getElementById(id), list.children[place]);
  });
}

// Whoever writes nothing is led on to the bot's question; whoever writes is left alone.
function ready(pane) {
  const box = pane.querySelector(".composer textarea");
  return document.activeElement === box && !box.value;
}

// The newest entry is in view; one longer than its pane is read from its top. The list grows upwards from its
// end (see the style), so the end is at 0 and everything before it is negative.
function reveal(pane) {
  const timeline = pane.querySelector(".timeline");
  const entry = timeline.querySelector("article:last-of-type");
  if (!entry) return;
  timeline.scrollTop = Math.min(0, timeline.clientHeight - entry.offsetHeight - 40);
}
for (const pane of Object.values(panes)) reveal(pane);
