// Where the gateway is, and the addresses of its own files.
//
// The gateway sends widget.js and all that it imports as one file (assistant/gateway/modules.py):
// write imports and exports at the beginning of a line, by name, and load what is rarely needed
// with import("./file.js"). Only this file may use import.meta.

/** The folder of this file: everything of the gateway is found from here. */
export const BASE = new URL(".", import.meta.url);

// Filled in by the gateway (assistant/gateway/assets.py): a file whose address has the version in
// it is kept by the browser for good.
const VERSION = "";

/** The address of a file of the gateway, such as `widget.css` or `i18n/fi.json`. */
export function asset(path) {
  return new URL(VERSION ? `${path}?v=${VERSION}` : path, BASE).href;
}
