// Whether an answer helped, and why not. Loaded when the person tells it. Nothing that was written
// is sent: the message's id, yes or no, and perhaps a reason.

import { el } from "./dom.js";
import { own } from "./labels.js";
import { noteRated } from "./tools.js";

const REASONS = ["wrong", "unclear", "language", "missing", "other"];

/** Told with "no" but not sent yet: the person may still choose a reason. */
const pending = new Set();
addEventListener("pagehide", () => pending.forEach((send) => send()));

/**
 * Rate a message, once.
 * @param {HTMLElement} group the place of the two buttons
 * @param {HTMLElement} button the one that was pressed
 * @param {object} message
 * @param {boolean} helpful
 * @param {object} host the widget
 */
export async function rate(group, button, message, helpful, host) {
  if (group.dataset.state) return;
  group.dataset.state = "rated";
  button.setAttribute("aria-pressed", "true");
  for (const other of group.querySelectorAll("button"))
    if (other !== button) other.hidden = true;
  const reason = helpful ? null : await askReason(group, message, host);
  try {
    await host.connection.rate({ message: message.id, helpful, reason });
  } catch {
    host.announce(host.texts.get("not_sent"));
    for (const other of group.querySelectorAll("button")) other.hidden = false;
    button.setAttribute("aria-pressed", "false");
    delete group.dataset.state;
    return;
  } finally {
    // The focus stays where the person was.
    button.focus();
  }
  noteRated(message, host);
  button.setAttribute("aria-disabled", "true");
  group.append(own(host.texts, "span.thanks", "thanks"));
  host.announce(host.texts.get("thanks"));
}

/** The reason that the person chooses; null for none. */
async function askReason(group, message, host) {
  const { texts } = host;
  const question = own(texts, "p", "why_not_helpful", null, { id: `why-${message.id}` });
  const reasons = el(
    "div.reasons",
    { role: "group", "aria-labelledby": question.id },
    question,
  );
  const leave = () => host.connection.rate({ message: message.id, helpful: false, reason: null });
  const chosen = await new Promise((choose) => {
    const button = (text, reason) => {
      const one = own(texts, "button.choice", text, null, { type: "button" });
      one.addEventListener("click", () => choose(reason));
      return one;
    };
    reasons.append(
      ...REASONS.map((reason) => button(`reason_${reason}`, reason)),
      button("no_reason", null),
    );
    pending.add(leave);
    group.closest(".tools").after(reasons);
    reasons.querySelector("button").focus();
  });
  pending.delete(leave);
  reasons.remove();
  return chosen;
}
