"use strict";
// What the page shows: articles and facts as they came, and the choices of the reader.

const DATA = JSON.parse(document.getElementById("data").textContent);
const ARTICLES = DATA.articles;
// every fact of every article, each with the number of its article
const FACTS = [];
ARTICLES.forEach((article, a) => {
  article.first = FACTS.length;
  article.facts.forEach((fact) => FACTS.push(Object.assign(fact, { at: FACTS.length, article: a, checks: [] })));
  article.checks.forEach((check) => check.facts.forEach((row) => FACTS[article.first + row - 1]?.checks.push(check)));
});

const STATE = {
  language: "zh",
  theme: "light",
  filters: { search: "", article: "", subject: "", indicator: "", modality: "", rule: "", checks: "" },
  sort: { column: "", down: false },
  found: [],
  page: 0,
  selected: null,
  shown: 0,
  series: "",
  printing: false,
};

const by = (id) => document.getElementById(id);

/** A new element with classes and words. */
function element(name, classes, words) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (words !== undefined) made.textContent = words;
  return made;
}

/** The words of a key in the language of the page, with its `{places}` filled. */
function say(key, places) {
  const pair = DATA.words[key];
  const words = pair ? pair[STATE.language === "zh" ? 0 : 1] : key;
  return words.replace(/\{(\w+)\}/g, (_, name) => String(places?.[name] ?? ""));
}

/** The words of a key, or the key's last part where the program has a newer one. */
function named(group, name) {
  const key = `${group}_${name}`;
  return key in DATA.words ? say(key) : name;
}

/** Digits in groups of three: 48630000000 → 48,630,000,000. */
function grouped(digits) {
  const [whole, part] = digits.split(".");
  const parts = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return part === undefined ? parts : `${parts}.${part}`;
}

/** A number as short as an axis wants it: 486.3亿, 48.6B. */
function short(number) {
  const form = new Intl.NumberFormat(STATE.language === "zh" ? "zh-CN" : "en", { notation: "compact", maximumSignificantDigits: 4 });
  return form.format(number);
}

/** The value of a fact as the table shows it. */
function valueOf(fact) {
  if (!fact.value) return "–";
  return fact.value_max ? `${grouped(fact.value)} – ${grouped(fact.value_max)}` : grouped(fact.value);
}

const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A period as short as it can be said: 2022, 2022-01 – 09, 2022-05-03. */
function periodOf(start, end) {
  if (!start && !end) return "";
  if (!start) return say("to", { end });
  if (!end) return say("from", { start });
  if (start === end) return start;
  const whole = /^(\d{4})-(\d\d)-01$/.exec(start);
  const last = /^(\d{4})-(\d\d)-(\d\d)$/.exec(end);
  if (!whole || !last) return `${start} – ${end}`;
  const leap = Number(last[1]) % 4 === 0 && (Number(last[1]) % 100 !== 0 || Number(last[1]) % 400 === 0);
  const days = last[2] === "02" && leap ? 29 : LAST_DAYS[Number(last[2]) - 1];
  if (Number(last[3]) !== days) return `${start} – ${end}`;
  if (whole[2] === "01" && last[2] === "12") return whole[1] === last[1] ? whole[1] : `${whole[1]} – ${last[1]}`;
  if (whole[1] !== last[1]) return `${whole[1]}-${whole[2]} – ${last[1]}-${last[2]}`;
  return whole[2] === last[2] ? `${whole[1]}-${whole[2]}` : `${whole[1]}-${whole[2]} – ${last[2]}`;
}

/** What the reader keeps from one opening to the next; a page from a disk may not be allowed to keep anything. */
function kept(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`shuliang.${name}`);
    localStorage.setItem(`shuliang.${name}`, value);
  } catch {
    return null;
  }
  return value;
}
