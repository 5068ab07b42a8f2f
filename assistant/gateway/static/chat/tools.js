// What can be done with an answer: say it more simply, read it aloud, copy it, tell if it helped.

import { copyText } from "./clipboard.js";
import { el, icon } from "./dom.js";
import { named, own } from "./labels.js";
import { readButton } from "./sound.js";

export const SIMPLER = "/easy/";
const ANSWERS = new Set(["answer", "emergency", "handoff"]);
const RATED = "kuntaopas-rated";

/**
 * The tools under a message; null for one without any.
 * @param {object} message
 * @param {HTMLElement} element what shows the message
 * @param {Texts} texts in the language of the widget
 * @param {object} host the widget
 */
export function answerTools(message, element, texts, host) {
  if (message.kind === "error") return null;
  const isAnswer = ANSWERS.has(message.kind);
  return el(
    // What is added here is no message: a screen reader does not read it out by itself.
    `div.tools${isAnswer ? "" : ".few"}`,
    { "aria-live": "off" },
    isAnswer && canBeSimpler(message) && simpler(message, texts, host),
    readButton(element, message.language, texts, host),
    isAnswer && copy(element, texts, host),
    isAnswer && message.id !== undefined && feedback(message, texts, host),
  );
}

/** A guide, which has its sources with it, and not what is said in simpler words already. */
function canBeSimpler(message) {
  return message.kind !== "emergency" && message.about && message.sources?.length > 0;
}

function simpler(message, texts, host) {
  const button = el(
    "button.tool.simpler",
    { type: "button" },
    icon("simpler"),
    own(texts, "span", "simpler"),
  );
  button.addEventListener("click", () =>
    host.say({ payload: SIMPLER + message.about }, host.texts.get("simpler")),
  );
  return button;
}

function copy(element, shownTexts, host) {
  const button = named(shownTexts, "button.tool.copy", "copy", { type: "button" }, icon("copy"));
  button.addEventListener("click", async () => {
    const { texts } = host;
    const text = import("./transcript.js").then(({ messageText }) => messageText(element, texts));
    const copied = await copyText(text);
    host.announce(texts.get(copied ? "copied" : "not_copied"));
    if (!copied) return;
    button.replaceChildren(icon("check"));
    setTimeout(() => button.replaceChildren(icon("copy")), 3000);
  });
  return button;
}

function feedback(message, texts, host) {
  const face = (name, helpful) => {
    const button = named(
      texts,
      `button.tool.${name}`,
      helpful ? "helpful" : "not_helpful",
      { type: "button", "aria-pressed": "false" },
      icon(name),
    );
    button.addEventListener("click", async () => {
      const { rate } = await import("./feedback.js");
      await rate(group, button, message, helpful, host);
    });
    return button;
  };
  const group = el("span.feedback", {}, face("happy", true), face("sad", false));
  if (rated().includes(ratedAs(message, host))) group.hidden = true;
  return group;
}

/** Remember that a message is rated, in this tab. */
export function noteRated(message, host) {
  try {
    sessionStorage.setItem(RATED, JSON.stringify([...rated(), ratedAs(message, host)]));
  } catch {
    // the browser keeps nothing: after a reload it could be rated again
  }
}

function rated() {
  try {
    return JSON.parse(sessionStorage.getItem(RATED)) ?? [];
  } catch {
    return [];
  }
}

function ratedAs(message, host) {
  return `${host.connection.id}/${message.id}`;
}
