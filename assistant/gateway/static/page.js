// The demonstration page takes the language and the direction of its chat.

document.querySelector("kuntaopas-chat").addEventListener("kuntaopas-language", ({ detail }) => {
  document.documentElement.lang = detail.language;
  document.documentElement.dir = detail.direction;
});
