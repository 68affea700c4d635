"use strict";
// Ties the parts of the page together: languages, light and dark, keys, paper.

/** Writes every word of the page in its language. */
function speak() {
  document.documentElement.lang = STATE.language === "zh" ? "zh-CN" : "en";
  for (const place of document.querySelectorAll("[data-say]")) place.textContent = say(place.dataset.say);
  for (const place of document.querySelectorAll("[data-hint]")) {
    const words = say(place.dataset.hint);
    place.ariaLabel = words;
    if (place.matches("input")) place.placeholder = words;
    else if (place.matches("button")) place.title = words;
  }
  const title = ARTICLES.length === 1 ? say("title_one", { title: ARTICLES[0].title || ARTICLES[0].id }) : say("title_many", { n: ARTICLES.length });
  document.title = title;
  by("title").textContent = title;
  by("about").textContent = say("about");
  by("made").textContent = say("made", { version: DATA.version });
  by("theme").textContent = say(STATE.theme === "dark" ? "light" : "dark");
  showTotals();
  showErrors();
  showKeys();
  if (ARTICLES.length) showArticle(STATE.shown);
  fillFilters();
  showTable();
  showChart();
  if (STATE.selected) {
    showDetail(STATE.selected);
    showWords(STATE.selected);
  }
}

function showTotals() {
  const count = (facet) => new Set(FACTS.map((fact) => fact[facet]).filter(Boolean)).size;
  const quantities = ARTICLES.reduce((sum, article) => sum + article.quantities.length, 0);
  const failed = ARTICLES.reduce((sum, article) => sum + article.checks.filter((check) => !check.holds).length, 0);
  const totals = [["articles", ARTICLES.length], ["facts", FACTS.length], ["subjects", count("subject")], ["indicators", count("indicator")], ["quantities", quantities]];
  if (failed) totals.push(["checks", failed]);
  by("totals").replaceChildren(
    ...totals.map(([name, number]) => {
      const made = element("div", name);
      made.append(element("dt", "", say(`total_${name}`)), element("dd", "", number.toLocaleString("en")));
      return made;
    }),
  );
}

function showErrors() {
  by("errors").hidden = DATA.errors.length === 0;
  by("errors").querySelector("ul").replaceChildren(...DATA.errors.map((error) => element("li", "", error)));
}

const KEYS = [["/", "key_search"], ["↑ ↓  j k", "key_move"], ["PgUp PgDn", "key_page"], ["[ ]", "key_article"], ["Esc", "key_close"], ["?", "key_help"]];

function showKeys() {
  by("help-keys").replaceChildren(
    ...KEYS.flatMap(([keys, words]) => {
      const made = element("dt");
      made.append(...keys.split(" ").filter(Boolean).map((key) => element("kbd", "", key)));
      return [made, element("dd", "", say(words))];
    }),
  );
}

function setTheme(theme) {
  STATE.theme = theme;
  document.documentElement.dataset.theme = theme;
  by("theme").textContent = say(theme === "dark" ? "light" : "dark");
}

function setView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".views button")) button.ariaPressed = String(button.dataset.show === view);
  // on a phone the detail lies over the page
  if (view !== "facts") by("detail").hidden = true;
  if (view === "chart") showChart();
}

function turnArticle(by_) {
  const to = STATE.shown + by_;
  if (ARTICLES[to]) showArticle(to);
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || by("help").open) return;
  const typing = event.target.matches("input, select");
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else if (!by("detail").hidden) unselect();
    else clearFilters();
    return;
  }
  if (typing) return;
  const inText = event.target.closest("#text");
  const acts = {
    "/": () => by("search").focus(),
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: inText ? null : () => move(1),
    ArrowUp: inText ? null : () => move(-1),
    PageDown: inText ? null : () => turn(1),
    PageUp: inText ? null : () => turn(-1),
    "[": () => turnArticle(-1),
    "]": () => turnArticle(1),
    "?": () => by("help").showModal(),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function listen() {
  by("language").addEventListener("click", () => {
    STATE.language = STATE.language === "zh" ? "en" : "zh";
    kept("language", STATE.language);
    speak();
  });
  by("theme").addEventListener("click", () => {
    setTheme(STATE.theme === "dark" ? "light" : "dark");
    kept("theme", STATE.theme);
  });
  by("more").addEventListener("click", () => {
    const open = document.body.classList.toggle("choosing");
    by("more").ariaExpanded = String(open);
  });
  by("keys").addEventListener("click", () => by("help").showModal());
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("filters").addEventListener("reset", (event) => {
    event.preventDefault();
    clearFilters();
  });
  for (const facet of [...FACETS, "checks"]) {
    by(`by-${facet}`).addEventListener("change", (event) => {
      STATE.filters[facet] = event.target.value;
      applyFilters();
      if (facet === "article" && event.target.value) showArticle(Number(event.target.value.slice(1)));
    });
  }
  let waiting = 0;
  by("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      STATE.filters.search = event.target.value.trim();
      applyFilters();
    }, 120);
  });
  by("series").addEventListener("change", (event) => {
    STATE.series = event.target.value;
    showChart();
  });
  by("body").addEventListener("click", (event) => {
    const made = event.target.closest("tr");
    if (made && !getSelection().toString()) select(FACTS[Number(made.dataset.fact)], { focus: true });
  });
  by("body").addEventListener("keydown", (event) => {
    if (event.key === "Enter") select(FACTS[Number(event.target.closest("tr").dataset.fact)], { focus: true });
  });
  by("see").addEventListener("click", () => {
    setView("text");
    showWords(STATE.selected);
  });
  by("close").addEventListener("click", unselect);
  by("back").addEventListener("click", () => turn(-1));
  by("on").addEventListener("click", () => turn(1));
  by("previous").addEventListener("click", () => turnArticle(-1));
  by("next").addEventListener("click", () => turnArticle(1));
  by("shown").addEventListener("change", (event) => showArticle(Number(event.target.value)));
  for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => setView(button.dataset.show));
  document.addEventListener("keydown", onKey);
  // paper has no second page to turn to, and is light
  addEventListener("beforeprint", () => {
    STATE.printing = true;
    document.documentElement.dataset.theme = "light";
    showTable();
  });
  addEventListener("afterprint", () => {
    STATE.printing = false;
    setTheme(STATE.theme);
    showTable();
  });
  let sized = 0;
  addEventListener("resize", () => {
    clearTimeout(sized);
    sized = setTimeout(showChart, 150);
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => kept("theme") ?? setTheme(dark.matches ? "dark" : "light"));
}

function start() {
  const chinese = navigator.language.toLowerCase().startsWith("zh");
  STATE.language = DATA.language || kept("language") || (chinese ? "zh" : "en");
  setTheme(kept("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  document.body.classList.toggle("single", ARTICLES.length < 2);
  fill(by("shown"), ARTICLES.map((article, a) => [String(a), article.title ? `${article.id}  ${article.title}` : article.id]), "0");
  by("shown").classList.remove("on");
  STATE.found = FACTS.slice();
  listen();
  speak();
  setView("facts");
}

start();
