"use strict";
// The article as published, with quantities, times and names marked.

/** Shows an article; marks that share a stretch are cut at each other's ends. */
function showArticle(number) {
  STATE.shown = number;
  const article = ARTICLES[number];
  by("shown").value = String(number);
  by("previous").disabled = number === 0;
  by("next").disabled = number === ARTICLES.length - 1;
  by("text-title").textContent = article.title || article.id;
  const about = [article.source, article.published && say("published", { day: article.published }), say("characters", { n: grouped(String(article.characters)) }), say("facts_here", { n: article.facts.length }), article.notes];
  by("text-meta").textContent = about.filter(Boolean).join(" · ");
  by("words").replaceChildren(...pieces(article));
  by("page").scrollTop = 0;
}

function pieces(article) {
  const marks = [];
  article.quantities.forEach(([start, end, title]) => marks.push({ start, end, kind: "q", title }));
  article.times.forEach(([start, end, title]) => marks.push({ start, end, kind: "t", title }));
  article.entities.forEach(([start, end, title]) => marks.push({ start, end, kind: "e", title }));
  article.facts.forEach((fact) => marks.push({ start: fact.start, end: fact.end, kind: "f", fact }));
  // sentences are cut out too, so that the one of a fact can be shown alone
  const sentences = article.facts.map(sentenceOf).filter(Boolean);
  const cuts = [...new Set([0, article.text.length, ...marks.flatMap((mark) => [mark.start, mark.end]), ...sentences.flat()])].sort((a, b) => a - b);
  marks.sort((a, b) => a.start - b.start);
  const made = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    open = open.filter((mark) => mark.end > start);
    while (next < marks.length && marks[next].start <= start) {
      if (marks[next].end > start) open.push(marks[next]);
      next += 1;
    }
    made.push(piece(article.text.slice(start, end), open, start, end));
  }
  return made;
}

/** Where the sentence of a fact stands in its article; null where it cannot be found. */
function sentenceOf(fact) {
  const start = ARTICLES[fact.article].text.lastIndexOf(fact.evidence, fact.start);
  const end = start + (fact.evidence ?? "").length;
  return start >= 0 && end >= fact.end ? [start, end] : null;
}

function piece(words, marks, start, end) {
  const kinds = new Set(marks.map((mark) => mark.kind));
  const made = element(kinds.size ? "mark" : "span", [...kinds].join(" "), words);
  made.dataset.start = start;
  if (!kinds.size) return made;
  if (marks.every((mark) => mark.start < start)) made.classList.add("goes-on");
  if (marks.every((mark) => mark.end > end)) made.classList.add("stays-open");
  made.title = marks.map((mark) => mark.title).filter(Boolean).join("\n");
  const facts = marks.filter((mark) => mark.fact).map((mark) => mark.fact);
  if (facts.length) {
    made.dataset.fact = facts[0].at;
    made.tabIndex = 0;
    made.role = "button";
    made.addEventListener("click", () => fromText(facts));
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      fromText(facts);
    });
  }
  return made;
}

/** Turns from words to their row; a second click on words with several facts turns to the next of them. */
function fromText(facts) {
  const fact = facts[(facts.indexOf(STATE.selected) + 1) % facts.length];
  if (!passes(fact)) clearFilters();
  select(fact, { reveal: false });
  markWords(fact);
}

/** Opens the article of a fact at its words. */
function showWords(fact) {
  if (STATE.shown !== fact.article) showArticle(fact.article);
  const first = markWords(fact);
  first?.scrollIntoView({ block: "center" });
}

/** Marks the words of a fact and the sentence round them; gives the first element of the words. */
function markWords(fact) {
  const sentence = sentenceOf(fact);
  let first = null;
  for (const made of by("words").children) {
    const start = Number(made.dataset.start);
    const here = start >= fact.start && start < fact.end;
    const inside = sentence !== null && start >= sentence[0] && start < sentence[1];
    made.classList.toggle("here", here);
    made.classList.toggle("sentence", inside);
    if (here) first ??= made;
  }
  return first;
}
