// The widget's own texts in elements. An element names its text, so that it can be said again when
// the person chooses another language, also in messages of before:
//
//   data-text="open_now"                                        a text
//   data-text="{sources} (2)"                                   several, with what is between them
//   data-text="checked" data-values='{"date": "2026-11-03"}'    values are worded by their names
//   data-label="send"                                           the same, for what is not written

import { el, hidden } from "./dom.js";

/** How a value is worded, by its name; others are shown as they are. */
const WORDED = {
  date: (value, texts) => texts.date(value),
  language: (value, texts) => texts.languageName(value),
  day: (value, texts) => dayName(value, texts),
  kilometres: (value, texts) => kilometres(value, texts),
};

/** An element with a text of the widget's own. */
export function own(texts, tag, text, values = null, attributes = {}) {
  return labelled(texts, tag, { ...attributes, "data-text": text }, values);
}

/** An element with a name of the widget's own: a button with nothing but an icon. */
export function named(texts, tag, label, attributes = {}, ...children) {
  const element = labelled(texts, tag, { ...attributes, "data-label": label, title: "" }, null);
  element.append(...children);
  return element;
}

/** A link to a page of somebody else, in a new window. */
export function outside(url, children, texts, tag = "a") {
  return el(
    tag,
    { href: url, target: "_blank", rel: "noopener noreferrer" },
    ...children,
    hidden(" ", own(texts, "span", "({new_window})")),
  );
}

/** Say the widget's own texts within an element in a language. */
export function relabel(root, texts) {
  for (const one of root.querySelectorAll("[data-text], [data-label]")) label(one, texts);
}

/** Give an element another text and say it. */
export function reword(element, attribute, text, texts) {
  element.setAttribute(attribute, text);
  label(element, texts);
}

/** What a text says, with its values. */
export function wording(texts, text, values = {}) {
  const fill = (template) =>
    template.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values
        ? (WORDED[name]?.(values[name], texts) ?? isolated(values[name], texts))
        : texts.get(name) || whole,
    );
  return fill(text.includes("{") ? text : texts.get(text));
}

/** A value such as 16–18, which keeps its order within right-to-left text. */
function isolated(value, texts) {
  return texts.direction === "rtl" ? `\u2068${value}\u2069` : value;
}

function labelled(texts, tag, attributes, values) {
  // Within a message of another language the widget's own text says its language and direction.
  const element = el(tag, { ...attributes, lang: texts.language });
  if (values) element.dataset.values = JSON.stringify(values);
  label(element, texts);
  return element;
}

function label(element, texts) {
  const { text, label: name, values } = element.dataset;
  const known = values ? JSON.parse(values) : {};
  if (text) element.textContent = wording(texts, text, known);
  if (name) element.setAttribute("aria-label", wording(texts, name, known));
  if (name && element.hasAttribute("title")) element.title = element.getAttribute("aria-label");
  if (element.lang) {
    element.lang = texts.language;
    element.dir = texts.direction;
  }
}

/** The name of the weekday; not every browser knows those of every language, the gateway does. */
function dayName(iso, texts) {
  const monday = (new Date(`${iso}T12:00:00Z`).getUTCDay() + 6) % 7;
  return texts.get("days").split(",")[monday] ?? "";
}

function kilometres(value, texts) {
  const unit = { style: "unit", unit: "kilometer", maximumFractionDigits: 1 };
  return new Intl.NumberFormat([`${texts.language}-u-nu-latn`, "en"], unit).format(value);
}
