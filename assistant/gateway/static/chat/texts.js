// The widget's own texts, one language at a time, from the same catalogues as all other texts.

import { asset } from "../base.js";

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

// Shown when not even the texts can be loaded.
const FALLBACK = {
  not_started: "The assistant cannot be reached now. In an emergency, call 112.",
  try_again: "Try again",
};

const loaded = new Map();

export class Texts {
  constructor(language, texts) {
    this.language = language;
    this.direction = directionOf(language);
    this.texts = texts;
  }

  /** A text; parts in braces are filled in. */
  get(name, values = {}) {
    const text = this.texts[name] ?? FALLBACK[name] ?? "";
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }

  /** A date such as 2026-11-03 in words, by the calendar that is used in Finland. */
  date(iso) {
    const day = new Date(`${iso}T12:00:00`);
    if (Number.isNaN(day.getTime())) return iso;
    const locale = `${this.language}-u-ca-gregory-nu-latn`;
    // Somali is unknown to most browsers: then as dates are written in Finland.
    return new Intl.DateTimeFormat([locale, "fi"], { dateStyle: "medium" }).format(day);
  }

  /** The name of a language. */
  languageName(code) {
    try {
      return new Intl.DisplayNames([this.language, "en"], { type: "language" }).of(code) ?? code;
    } catch {
      return code;
    }
  }

  /** A list such as "a, b". */
  list(items) {
    return new Intl.ListFormat(this.language, { type: "unit", style: "short" }).format(items);
  }
}

export const noTexts = new Texts("en", {});

/** The texts of a language; English stand-ins when they cannot be loaded. */
export async function loadTexts(language) {
  if (!loaded.has(language)) {
    // With fetch's own mode of credentials, so that the page's preload of it is used.
    const response = await fetch(asset(`i18n/${encodeURIComponent(language)}.json`));
    if (!response.ok) throw new Error(`texts: ${response.status}`);
    loaded.set(language, new Texts(language, (await response.json()).texts));
  }
  return loaded.get(language);
}

/** `rtl` or `ltr`. */
export function directionOf(language) {
  return RIGHT_TO_LEFT.has((language ?? "").split("-")[0]) ? "rtl" : "ltr";
}
