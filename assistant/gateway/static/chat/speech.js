// Reading aloud and dictation. Loaded when one of them is asked for.

import { el } from "./dom.js";
import { own } from "./labels.js";
import { voiceFor } from "./sound.js";

const BLOCKS = "p, li, h2, h3, .choice, .tile, .need";
const UNSPOKEN =
  "svg, .visually-hidden, .sources, .tools, .links, .origin, .week, .tags, .other-language, .reasons";
/** Engines cut or drop what is longer. */
const LONGEST = 180;
const SENTENCE = /[^.!?؟。！？]+[.!?؟。！？]*\s*/g;
/** Languages as recognisers name them, where the code alone is not enough. */
const SPOKEN_AS = {
  ar: "ar-IQ",
  en: "en-GB",
  es: "es-ES",
  et: "et-EE",
  fa: "fa-IR",
  fi: "fi-FI",
  fr: "fr-FR",
  ru: "ru-RU",
  so: "so-SO",
  sv: "sv-SE",
  tr: "tr-TR",
  uk: "uk-UA",
  vi: "vi-VN",
  zh: "zh-CN",
};

let reading = null;
let listening = null;
addEventListener("pagehide", () => {
  stop();
  stopDictation();
});

// Reading aloud -------------------------------------------------------------------------------

/**
 * Read an element aloud, part by part; each is marked while it is read.
 * @param {HTMLElement} element
 * @param {string} language of what has no language of its own
 * @param {object} host the widget
 * @param {{onStart?: Function, onEnd?: Function}} told of the beginning and the end
 */
export async function speak(element, language, host, { onStart, onEnd } = {}) {
  stop();
  const voice = voiceFor(language);
  if (!voice) return;
  if (!voice.localService && !(await agreed("reading", "note_reading", element, host))) return;
  const parts = spokenParts(element, language);
  const mine = { stopped: false, marked: null, onEnd };
  reading = mine;
  onStart?.();
  for (const part of parts) {
    if (mine.stopped) break;
    mark(mine, part.element);
    await utter(part);
  }
  if (!mine.stopped) finish(mine);
}

/** Stop reading. */
export function stop() {
  if (!reading) return;
  reading.stopped = true;
  finish(reading);
  speechSynthesis.cancel();
}

function finish(one) {
  mark(one, null);
  if (reading === one) reading = null;
  one.onEnd?.();
}

function mark(one, element) {
  one.marked?.classList.remove("spoken");
  element?.classList.add("spoken");
  element?.scrollIntoView({ block: "nearest" });
  one.marked = element;
}

function utter({ text, language }) {
  return new Promise((done) => {
    const utterance = new SpeechSynthesisUtterance(text);
    const voice = voiceFor(language);
    if (voice) utterance.voice = voice;
    utterance.lang = voice?.lang ?? language;
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = done;
    speechSynthesis.speak(utterance);
  });
}

/** What of an element is read, in pieces that engines can speak. */
export function spokenParts(element, language) {
  const parts = [];
  for (const block of element.querySelectorAll(BLOCKS)) {
    if (block.closest(UNSPOKEN) || block.closest("[hidden]")) continue;
    if (block.querySelector(BLOCKS)) continue;
    const text = spoken(block);
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const own = block.querySelector("bdi[lang]")?.lang || block.closest("[lang]")?.lang;
    const heard = own && voiceFor(own) ? own : language;
    for (const piece of pieces(text)) parts.push({ text: piece, language: heard, element: block });
  }
  return parts;
}

function spoken(block) {
  const copy = block.cloneNode(true);
  for (const one of copy.querySelectorAll(UNSPOKEN)) one.remove();
  return copy.textContent
    .replace(/https?:\/\/\S+/g, " ")
    .replace(/[\u2066-\u2069\u200e\u200f]/g, "")
    .replace(/\p{Extended_Pictographic}/gu, " ")
    .replace(/\s*[·•*]\s*/g, ", ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Sentences, joined while they are short. */
function pieces(text) {
  const found = [];
  for (const sentence of text.match(SENTENCE) ?? []) {
    const last = found.at(-1);
    if (last !== undefined && last.length + sentence.length < LONGEST)
      found[found.length - 1] = last + sentence;
    else found.push(sentence);
  }
  return found.map((one) => one.trim()).filter(Boolean);
}

// Dictation -----------------------------------------------------------------------------------

/**
 * Write what the person says into a field.
 * @param {HTMLTextAreaElement} input
 * @param {object} host the widget
 * @param {{onStart?: Function, onEnd?: Function}} told of the beginning and the end
 */
export async function dictate(input, host, { onStart, onEnd } = {}) {
  stop();
  const Recogniser = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
  const recogniser = new Recogniser();
  recogniser.lang = SPOKEN_AS[host.language] ?? host.language;
  recogniser.interimResults = true;
  // Where the device itself can do it, the sound stays there.
  const inside = await staysInside(Recogniser, recogniser.lang);
  if (inside) recogniser.processLocally = true;
  else if (!(await agreed("dictation", "note_dictation", input, host))) return;
  let failed = false;
  const before = input.value ? `${input.value.trimEnd()} ` : "";
  recogniser.onresult = ({ results }) => {
    input.value = before + [...results].map(([best]) => best.transcript).join("");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  recogniser.onerror = ({ error }) => {
    failed = error !== "aborted";
  };
  recogniser.onend = () => {
    if (listening === recogniser) listening = null;
    onEnd?.();
    hint(input, failed ? "not_heard" : null, host);
    input.focus();
  };
  try {
    recogniser.start();
  } catch {
    hint(input, "not_heard", host);
    return;
  }
  listening = recogniser;
  onStart?.();
  hint(input, "listening", host);
}

/** End the dictation; what was said stays. */
export function stopDictation() {
  listening?.stop();
}

/** A line under the field, that is announced too. */
function hint(input, text, host) {
  const form = input.closest("form");
  form.querySelector(".hint")?.remove();
  if (!text) return;
  form.append(own(host.texts, "p.hint", text));
  host.announce(host.texts.get(text));
}

async function staysInside(Recogniser, lang) {
  try {
    const found = await Recogniser.available?.({ langs: [lang], processLocally: true });
    return found === "available";
  } catch {
    return false;
  }
}

// Where the sound goes ------------------------------------------------------------------------

/** Tell where the sound goes, before the first time; true when the person goes on. */
async function agreed(kind, note, near, host) {
  const key = `kuntaopas-agreed-${kind}`;
  if (kept(key)) return true;
  const { texts } = host;
  const answer = (text, value) => own(texts, `button.${value}`, text, null, { value });
  const question = own(texts, "p", note, null, { id: "note" });
  const dialog = el(
    "dialog.note-dialog",
    { "aria-labelledby": "note" },
    el(
      "form",
      { method: "dialog" },
      question,
      el("p.answers", {}, answer("cancel", "no"), answer("go_on", "yes")),
    ),
  );
  near.getRootNode().querySelector(".chat").append(dialog);
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  dialog.remove();
  if (dialog.returnValue !== "yes") return false;
  keep(key);
  return true;
}

function kept(key) {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return false;
  }
}

function keep(key) {
  try {
    localStorage.setItem(key, "yes");
  } catch {
    // asked again the next time
  }
}
