// Small helpers to build elements. Texts are always set as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

// 24 x 24, drawn as lines.
const ICONS = {
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  menu: "M5 7h14M5 12h14M5 17h14",
  send: "M4 12h15M13 6l6 6-6 6",
  phone:
    "M6.5 3.500h3l1.5 4.5-2 1.500a12 12 0 0 0 5.5 5.500l1.5-2 4.5 1.500v3a2 2 0 0 1-2 2A16 16 0 0 1 4.5 5.500a2 2 0 0 1 2-2",
  pin: "M12 21c4.5-5 7-8.3 7-11.500a7 7 0 0 0-14 0C5 12.7 7.5 16 12 21M12 7.500a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
  speech: "M4 5h16v11h-9l-4 4v-4H4z",
  coin: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15 8.500a4 4 0 1 0 0 7M8 11h5M8 13.500h5",
  warning: "M12 4 2.5 20h19zM12 10v4.500M12 17.200v.1",
  erase: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  restart: "M5 12a7 7 0 1 0 2.3-5.200M5 4v4h4",
};

/**
 * Build an element.
 * @param {string} tag name, optionally with classes: `div.card.open`
 * @param {object} attributes `text` sets the text, `on…` adds a listener, false and null are left out
 * @param {...(Node|string|null|false|0)} children what is false is left out
 */
export function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** An icon that says nothing to a screen reader. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** A text for screen readers only. */
export function hidden(text) {
  return el("span.visually-hidden", { text });
}

/** An address that may be a link: only web addresses are. */
export function webAddress(url) {
  return typeof url === "string" && /^https?:\/\//i.test(url) ? url : null;
}

/** A link to a page of somebody else, in a new window. */
export function outside(url, children, texts, tag = "a") {
  return el(
    tag,
    { href: url, target: "_blank", rel: "noopener noreferrer" },
    ...children,
    hidden(` (${texts.get("new_window")})`),
  );
}

/** A telephone number, in its own order also within right-to-left text. */
export function phoneLink(number, tag = "a") {
  const digits = number.replace(/[^\d+]/g, "");
  return el(tag, { href: `tel:${digits}`, dir: "ltr", text: number });
}
