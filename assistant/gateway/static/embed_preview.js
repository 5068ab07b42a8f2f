// A page of a municipality with the chat, as the configurator wants it.

const ATTRIBUTES = ["municipality", "language", "mode", "position", "heading", "data-exit-url"];

const wanted = new URLSearchParams(location.search);
const chat = document.createElement("kuntaopas-chat");
for (const name of ATTRIBUTES) if (wanted.get(name)) chat.setAttribute(name, wanted.get(name));
document.body.classList.add(`with-${wanted.get("mode") ?? "inline"}`);
document.body.append(chat);

import("./widget.js");
