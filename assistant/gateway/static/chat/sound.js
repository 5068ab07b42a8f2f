// What the browser can do with sound, and the buttons for it. Nothing is read or heard until a
// button is pressed; what then happens is in speech.js.

import { icon } from "./dom.js";
import { named, reword } from "./labels.js";

/** Voices that speak something else than the language they are filed under. */
const OTHER_TONGUES = /^(zh[-_](hk|mo)|yue)/i;
const PREFERRED = { zh: /^zh[-_](cn|hans)/i };

/** Buttons that wait until the browser knows its voices. */
const waiting = new Set();
let speech = null;

/** What reads and hears, loaded when it is first used. */
export async function loadSpeech() {
  speech = await import("./speech.js");
  return speech;
}

/** Stop reading and listening, if anything does. */
export function quiet() {
  speech?.stop();
  speech?.stopDictation();
}

/** The best voice for a language, or null; one that is in the device before one of a server. */
export function voiceFor(language) {
  const wanted = language.split("-")[0];
  const rank = (voice) =>
    Number(voice.localService) * 4 +
    Number(PREFERRED[wanted]?.test(voice.lang) ?? false) * 2 +
    Number(voice.default);
  return (globalThis.speechSynthesis?.getVoices() ?? [])
    .filter(({ lang }) => lang.split(/[-_]/)[0].toLowerCase() === wanted)
    .filter(({ lang }) => !OTHER_TONGUES.test(lang))
    .reduce((best, voice) => (best && rank(best) >= rank(voice) ? best : voice), null);
}

/** Whether texts in a language can be read aloud. */
export function canSpeak(language) {
  return voiceFor(language) !== null;
}

/** Whether a person can speak instead of writing. */
export function canDictate() {
  return Boolean(globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition);
}

/** Show a button as soon as the browser has a voice for a language. */
export function showWithVoice(button, language) {
  button.hidden = !canSpeak(language);
  if (!button.hidden || !globalThis.speechSynthesis) return;
  if (!waiting.size) speechSynthesis.addEventListener("voiceschanged", showAll);
  waiting.add({ button, language });
}

function showAll() {
  for (const one of waiting) {
    if (!canSpeak(one.language)) continue;
    one.button.hidden = false;
    waiting.delete(one);
  }
}

/** A button that reads an element aloud, and stops. */
export function readButton(element, language, texts, host) {
  const button = named(
    texts,
    "button.tool.read",
    "read_aloud",
    { type: "button" },
    icon("sound"),
  );
  const show = (reading) => {
    button.classList.toggle("active", reading);
    button.replaceChildren(icon(reading ? "stop" : "sound"));
    reword(button, "data-label", reading ? "stop_reading" : "read_aloud", host.texts);
  };
  // Some browsers speak only close to the press: what it takes is there before.
  button.addEventListener("pointerdown", loadSpeech, { once: true });
  button.addEventListener("click", async () => {
    const { speak, stop } = await loadSpeech();
    if (button.classList.contains("active")) return stop();
    await speak(element, language, host, { onStart: () => show(true), onEnd: () => show(false) });
  });
  showWithVoice(button, language);
  return button;
}

/** A button that writes what the person says; null where the browser cannot. */
export function dictateButton(input, texts, host) {
  if (!canDictate()) return null;
  const button = named(
    texts,
    "button.tool.dictate",
    "dictate",
    { type: "button", "aria-pressed": "false" },
    icon("microphone"),
  );
  button.addEventListener("click", async () => {
    const { dictate, stopDictation } = await loadSpeech();
    if (button.getAttribute("aria-pressed") === "true") return stopDictation();
    const show = (listening) => {
      button.setAttribute("aria-pressed", String(listening));
      button.classList.toggle("active", listening);
    };
    await dictate(input, host, { onStart: () => show(true), onEnd: () => show(false) });
  });
  return button;
}
