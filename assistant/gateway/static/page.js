// The demonstration page: `?municipality=999&language=ar` sets the chat's attributes.

const chat = document.querySelector("kuntaopas-chat");
const wanted = new URLSearchParams(location.search);
for (const name of ["municipality", "language"]) {
  const value = wanted.get(name);
  if (value) chat.setAttribute(name, value);
}

chat.addEventListener("kuntaopas-language", ({ detail }) => {
  document.documentElement.lang = detail.language;
  document.documentElement.dir = detail.direction;
});

import("./widget.js");
