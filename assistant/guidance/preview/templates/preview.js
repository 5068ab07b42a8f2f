// Chooses a language and a topic, and searches. Without it, everything is there to be opened.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector(".controls");
  const [language, topic, search, missing] = ["language", "topic", "search", "missing"].map(byId);
  const result = form.querySelector("output");
  const sections = [...document.querySelectorAll("details.language")];
  const fold = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u2066-\u2069]/g, "");
  const texts = new WeakMap();

  // The text of a guide as it is searched; folded once, when its language is first searched.
  const textOf = (guide) => {
    if (!texts.has(guide)) texts.set(guide, fold(guide.textContent));
    return texts.get(guide);
  };

  const current = () => byId(language.value);

  const fillTopics = () => {
    const chosen = topic.value;
    topic.length = 1;
    topic.lang = language.value;
    for (const one of current().querySelectorAll("details.topic")) {
      const name = one.querySelector("h3").firstChild;
      topic.add(new Option(name.textContent.trim(), one.dataset.topic));
    }
    topic.value = chosen;
  };

  const filter = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of current().querySelectorAll("details.topic")) {
      const wanted = !topic.value || one.dataset.topic === topic.value;
      let found = 0;
      for (const guide of wanted ? one.querySelectorAll("details.guide") : []) {
        const fits =
          (!missing.checked || "missing" in guide.dataset) &&
          words.every((word) => textOf(guide).includes(word));
        guide.hidden = !fits;
        found += fits;
      }
      const narrowed = words.length > 0 || missing.checked;
      one.hidden = !wanted || (narrowed && !found);
      if (topic.value || narrowed) one.open = !one.hidden;
      count += found;
    }
    result.textContent = count === 1 ? "1 guide" : `${count} guides`;
  };

  const show = () => {
    for (const section of sections) {
      section.hidden = section.id !== language.value;
      section.open = !section.hidden;
    }
    fillTopics();
    filter();
  };

  // A link to a guide shows it, whatever was chosen before.
  const follow = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    const section = target && target.closest("details.language");
    if (!section) return;
    if (section.id !== language.value || target.hidden || target.closest("[hidden]")) {
      language.value = section.id;
      topic.value = "";
      search.value = "";
      missing.checked = false;
      show();
    }
    for (let one = target; one && one !== section; one = one.parentElement) {
      if (one.tagName === "DETAILS") one.open = true;
    }
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  };

  const setAll = (open) => {
    for (const one of current().querySelectorAll("details.topic, details.guide")) one.open = open;
  };

  // What was found is below the choices: they move to the top of the window.
  const then = (action) => () => {
    action();
    form.scrollIntoView();
  };

  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(then(filter), 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  language.addEventListener("change", then(show));
  topic.addEventListener("change", then(filter));
  missing.addEventListener("change", then(filter));
  byId("open").addEventListener("click", () => setAll(true));
  byId("close").addEventListener("click", () => setAll(false));
  addEventListener("hashchange", follow);
  // On paper, everything of the language that is shown.
  addEventListener("beforeprint", () => setAll(true));

  form.hidden = false;
  show();
  follow();
})();
