// Leaving the page quickly, in conversations about violence. Loaded when such an answer is shown.

import { asset } from "../base.js";
import { el, icon, webAddress } from "./dom.js";
import { own } from "./labels.js";
import { quiet } from "./sound.js";

/** A page about nothing in particular. */
const ELSEWHERE = "https://www.ilmatieteenlaitos.fi/";
const PRESSES = 3;
const WITHIN = 2000;
/** The conversation is erased on the way; nobody waits longer for it. */
const PATIENCE = 250;

/**
 * A bar with a button that leaves. Pressing Escape three times leaves too, as long as the bar is on
 * the page.
 * @param {Texts} texts in the language of the widget
 * @param {object} host the widget; `host.exitUrl` is where to
 */
export function quickExit(texts, host) {
  const button = el(
    "button.exit",
    { type: "button", onclick: () => leave(host) },
    icon("leave"),
    own(texts, "span", "quick_exit"),
  );
  const bar = el(
    "div.quick-exit",
    {},
    el("link", { rel: "stylesheet", href: asset("chat/quick_exit.css") }),
    button,
    own(texts, "p", "quick_exit_hint"),
  );
  let presses = [];
  const onKey = (event) => {
    if (!bar.isConnected) return document.removeEventListener("keydown", onKey, true);
    if (event.key !== "Escape" || event.repeat) return;
    const now = event.timeStamp;
    presses = [...presses.filter((before) => now - before < WITHIN), now];
    if (presses.length >= PRESSES) leave(host);
  };
  document.addEventListener("keydown", onKey, true);
  return bar;
}

/** Hide everything, erase the conversation and everything kept here, go somewhere else. */
export async function leave(host) {
  document.documentElement.style.setProperty("display", "none", "important");
  document.title = "";
  quiet();
  const erased = host.connection.eraseAtOnce().catch(() => {});
  forget();
  await Promise.race([erased, new Promise((done) => setTimeout(done, PATIENCE))]);
  const address = webAddress(host.exitUrl) ?? ELSEWHERE;
  try {
    window.top.location.replace(address);
  } catch {
    location.replace(address); // in a frame that may not leave its page
  }
}

function forget() {
  for (const storage of ["sessionStorage", "localStorage"]) {
    try {
      const kept = globalThis[storage];
      for (const key of Object.keys(kept)) if (key.startsWith("kuntaopas")) kept.removeItem(key);
    } catch {
      // the browser keeps nothing
    }
  }
}
