// The configurator: from the choices, the lines to copy and a live preview.

import { contrast, hexColour } from "./embed_contrast.js";

const HERE = new URL(".", import.meta.url);
const PREVIEW = new URL("embed/preview", HERE);
// Text has to stand out by 4.5:1, controls by 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
const PAIRS = [
  ["on-accent", "accent", 4.5, "Text on the accent"],
  ["text", "surface", 4.5, "Text on the surface"],
  ["accent", "surface", 4.5, "Links and buttons in the accent, on the surface"],
];
const QUIET_MS = 300;

const form = document.querySelector("#choices");
const part = (id) => document.getElementById(id);
const chosen = (name) => new FormData(form).get(name)?.trim() ?? "";

const colours = [...document.querySelectorAll(".colour")].map((row) => {
  const [palette, field] = row.querySelectorAll("input");
  palette.value = field.value = field.dataset.default;
  palette.addEventListener("input", () => {
    field.value = palette.value;
  });
  field.addEventListener("input", () => {
    const colour = hexColour(field.value);
    field.setAttribute("aria-invalid", String(colour === null));
    if (colour) palette.value = colour;
  });
  return { name: field.id, palette };
});

function attributes() {
  const found = {
    municipality: chosen("municipality"),
    language: chosen("language"),
    mode: chosen("mode"),
    position: chosen("mode") === "button" && chosen("position") === "start" ? "start" : "",
    heading: chosen("heading"),
    "data-exit-url": webAddress(chosen("exit_url")),
  };
  return Object.entries(found).filter(([, value]) => value);
}

function properties() {
  const found = [];
  if (form.elements.own_colours.checked)
    for (const { name, palette } of colours) found.push([`--kuntaopas-${name}`, palette.value]);
  if (chosen("radius")) found.push(["--kuntaopas-radius", chosen("radius")]);
  const font = chosen("font");
  if (font && CSS.supports("font-family", font)) found.push(["--kuntaopas-font", font]);
  return found;
}

/** An address, if it is one of the web; otherwise an empty text. */
function webAddress(text) {
  return URL.canParse?.(text) && /^https?:$/.test(new URL(text).protocol) ? text : "";
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function show() {
  const own = form.elements.own_colours.checked;
  part("colours").hidden = !own;
  part("corner").hidden = chosen("mode") !== "button";
  const tag = attributes()
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
  part("html").textContent = [
    `<script type="module" src="${new URL("widget.js", HERE).href}"></script>`,
    `<kuntaopas-chat${tag}>`,
    "  <!-- Shown where there is no JavaScript: put your own contacts here. -->",
    '  <p>Help: <a href="tel:112">112</a>, <a href="tel:116117">116 117</a></p>',
    "</kuntaopas-chat>",
  ].join("\n");
  const styles = properties();
  part("css-part").hidden = !styles.length;
  part("css").textContent = [
    "kuntaopas-chat {",
    ...styles.map(([name, value]) => `  ${name}: ${value};`),
    "}",
  ].join("\n");
  const origin = HERE.origin;
  part("policy").textContent =
    `script-src ${origin}; style-src ${origin}; connect-src ${origin}`;
  const site = webAddress(chosen("site"));
  part("setting").textContent =
    `KUNTAOPAS_ALLOWED_ORIGINS=${site ? new URL(site).origin : "https://www.example.fi"}`;
  warn(own);
}

/** Tell which colours do not stand out enough, in words. */
function warn(own) {
  const value = Object.fromEntries(colours.map(({ name, palette }) => [name, palette.value]));
  const weak = !own
    ? []
    : PAIRS.map(([front, ground, least, what]) => [
        contrast(value[front], value[ground]),
        least,
        what,
      ]).filter(([ratio, least]) => ratio < least);
  const lines = weak.map(([ratio, least, what]) => {
    const line = document.createElement("p");
    // Rounded down: 4.49 is not 4.5.
    const shown = Math.floor(ratio * 10) / 10;
    line.textContent = `⚠ ${what}: contrast ${shown}:1. People need at least ${least}:1 to read it.`;
    return line;
  });
  const box = part("contrast");
  if (box.textContent !== lines.map((line) => line.textContent).join(""))
    box.replaceChildren(...lines);
}

let shownAt = "";
function preview() {
  const frame = part("preview");
  const wanted = new URL(PREVIEW);
  for (const [name, value] of attributes()) wanted.searchParams.set(name, value);
  const chat = frame.contentDocument?.querySelector("kuntaopas-chat");
  if (wanted.href === shownAt && chat) {
    // Colours alone: the preview goes on as it is.
    chat.removeAttribute("style");
    for (const [name, value] of properties()) chat.style.setProperty(name, value);
    return;
  }
  shownAt = wanted.href;
  // The address of a frame that is replaced leaves no step in the history of the tab.
  frame.contentWindow.location.replace(wanted);
}

part("preview").addEventListener("load", () => {
  const chat = part("preview").contentDocument?.querySelector("kuntaopas-chat");
  for (const [name, value] of properties()) chat?.style.setProperty(name, value);
});

let waiting;
form.addEventListener("input", () => {
  show();
  clearTimeout(waiting);
  waiting = setTimeout(preview, QUIET_MS);
});
form.addEventListener("submit", (event) => event.preventDefault());

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", async () => {
    const told = part("copied");
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(part(button.dataset.copies).textContent);
      told.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(part(button.dataset.copies));
      told.textContent = "The lines are selected: copy them with the keyboard.";
    }
  });
}

show();
preview();
