// Copying.

import { el } from "./dom.js";

/**
 * Copy a text; true when it is copied.
 * @param {string|Promise<string>} text a browser must be told at once, also of one still to come
 */
export async function copyText(text) {
  const coming = Promise.resolve(text);
  try {
    const blob = coming.then((made) => new Blob([made], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return coming.then(copySelected, () => false);
  }
}

/** The old way, for pages that may not use the clipboard: it goes by what is selected. */
function copySelected(text) {
  const field = el("textarea", { readonly: true });
  field.value = text;
  field.style.position = "fixed";
  field.style.insetBlockStart = "-100vh";
  const { activeElement } = document;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  activeElement?.focus();
  return copied;
}
