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
  simpler:
    "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.900c.6.5 1 1.200 1 2.100h5c0-.9.4-1.600 1-2.100A6 6 0 0 0 12 3",
  sound: "M4 9.500v5h3.500l4.500 4v-13l-4.500 4zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
  stop: "M7 7h10v10H7z",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  check: "M5 12.500l4.500 4.500L19 7.500",
  happy: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.500 9.500v.5M15.500 9.500v.5M8 14c2 2.700 6 2.700 8 0",
  sad: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.500 9.500v.5M15.500 9.500v.5M8 16.500c2-2.700 6-2.700 8 0",
  pictures: "M4 4h6.500v6.500H4zM13.500 4H20v6.500h-6.500zM4 13.500h6.500V20H4zM13.500 13.500H20V20h-6.500z",
  microphone:
    "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  leave: "M10 4H5v16h5M9.500 12H20M16 8l4 4-4 4",
  size: "M3 19 8 6l5 13M4.800 15h6.400M14 19l3.500-9 3.500 9M15.300 16h4.400",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  calendar: "M5 6h14v14H5zM5 10.500h14M9 3.500v4M15 3.500v4",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  save: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14",
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
  return drawing("0 0 24 24", `icon icon-${name}`, { d: ICONS[name] });
}

/** A drawing of paths, each with its attributes, that says nothing to a screen reader. */
export function drawing(viewBox, name, ...paths) {
  const drawn = svg("svg", { viewBox, class: name, "aria-hidden": "true" });
  drawn.append(...paths.map((path) => svg("path", path)));
  return drawn;
}

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** What is for screen readers only. */
export function hidden(...children) {
  return el("span.visually-hidden", {}, ...children);
}

/** An address that may be a link: only web addresses are. */
export function webAddress(url) {
  return typeof url === "string" && /^https?:\/\//i.test(url) ? url : null;
}

/** A telephone number, in its own order also within right-to-left text. */
export function phoneLink(number, tag = "a") {
  const digits = number.replace(/[^\d+]/g, "");
  return el(tag, { href: `tel:${digits}`, dir: "ltr", text: number });
}
