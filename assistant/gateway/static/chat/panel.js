// The corner button and the panel that it opens (`mode="button"`).

import { el, icon } from "./dom.js";
import { Kept } from "./kept.js";

const kept = new Kept("kuntaopas-panel-");

/**
 * The button in the corner of the page.
 * @param {HTMLElement} widget
 * @param {HTMLElement} chat what it opens
 * @param {() => void} onOpen called each time it is opened
 * @returns {{launcher: HTMLElement, close: HTMLElement}}
 */
export function makePanel(widget, chat, onOpen) {
  const launcher = el(
    "button.launcher",
    { type: "button", "aria-expanded": "false", "aria-controls": "chat" },
    icon("speech"),
    el("span", { text: widget.getAttribute("heading") || "Kuntaopas" }),
  );
  const close = el("button.toggle.close", { type: "button", "data-label": "close" }, icon("close"));
  const set = (open, focus = true) => {
    widget.toggleAttribute("open", open);
    launcher.setAttribute("aria-expanded", String(open));
    kept.set("open", open || null);
    if (open) onOpen();
    if (focus) (open ? chat.querySelector("textarea") : launcher).focus();
  };
  launcher.addEventListener("click", () => set(!widget.hasAttribute("open")));
  close.addEventListener("click", () => set(false));
  chat.addEventListener("keydown", (event) => {
    // A menu or a dialog closes first.
    if (event.key === "Escape" && !event.defaultPrevented) set(false);
  });
  // It was open on the page before: there it is again, without taking the focus.
  if (kept.get("open")) queueMicrotask(() => set(true, false));
  return { launcher, close };
}
