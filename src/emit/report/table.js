"use strict";
// The table of facts, a page at a time, and the one fact that is looked at.

const PAGE = 100;
const COLUMNS = ["subject", "indicator", "value", "unit", "change", "time", "modality"];

function showHead() {
  by("columns").replaceChildren(
    ...COLUMNS.map((column) => {
      const cell = element("th", column === "value" ? "number" : "");
      cell.scope = "col";
      const { sort } = STATE;
      cell.ariaSort = sort.column === column ? (sort.down ? "descending" : "ascending") : "none";
      // a head with buttons in it is not repeated on each sheet of paper
      const words = element(STATE.printing ? "span" : "button", "", say(`column_${column}` in DATA.words ? `column_${column}` : column));
      if (sort.column === column) words.append(element("span", "arrow", sort.down ? " ▼" : " ▲"));
      if (!STATE.printing) {
        words.type = "button";
        words.addEventListener("click", () => sortBy(column));
      }
      cell.append(words);
      return cell;
    }),
  );
}

/** Sorts by a column: up, then down, then in the order of the articles. */
function sortBy(column) {
  const { sort } = STATE;
  if (sort.column !== column) STATE.sort = { column, down: column === "value" };
  else if (sort.down === (column === "value")) STATE.sort = { column, down: !sort.down };
  else STATE.sort = { column: "", down: false };
  if (STATE.sort.column) sortFound();
  else STATE.found.sort((a, b) => a.at - b.at);
  STATE.page = 0;
  showTable();
}

function pages() {
  return Math.max(1, Math.ceil(STATE.found.length / PAGE));
}

function showTable() {
  showHead();
  STATE.page = Math.min(Math.max(0, STATE.page), pages() - 1);
  const from = STATE.page * PAGE;
  const facts = STATE.printing ? STATE.found : STATE.found.slice(from, from + PAGE);
  by("body").replaceChildren(...facts.map(row));
  const all = FACTS.length;
  const n = STATE.found.length;
  by("count").textContent = n === all ? say("count", { n: n.toLocaleString("en") }) : say("count_of", { n: n.toLocaleString("en"), all: all.toLocaleString("en") });
  by("pages").textContent = say("pages", { page: STATE.page + 1, pages: pages() });
  by("back").disabled = STATE.page === 0;
  by("on").disabled = STATE.page === pages() - 1;
  by("empty").hidden = n > 0;
  document.querySelector(".pager").hidden = pages() === 1;
}

function row(fact) {
  const made = element("tr");
  made.dataset.fact = fact.at;
  const selected = STATE.selected === fact;
  made.ariaSelected = String(selected);
  // one row at a time is a stop of the Tab key; the arrows lead to the others
  made.tabIndex = selected || (!STATE.selected && fact === STATE.found[STATE.page * PAGE]) ? 0 : -1;
  const article = ARTICLES.length > 1 ? ARTICLES[fact.article].id : "";
  made.append(
    cell("", fact.subject || "–", article),
    cell("", fact.indicator || "–", fact.condition),
    valueCell(fact),
    cell("unit", fact.unit ?? ""),
    changeCell(fact),
    cell("time", periodOf(fact.time_start, fact.time_end), fact.time_text),
    modalityCell(fact),
  );
  return made;
}

function cell(classes, words, below, before) {
  const made = element("td", classes);
  const first = element("span", "first", words);
  if (before) first.prepend(element("span", "hedge", `${before} `));
  made.append(first);
  if (below) made.append(element("span", "below", below));
  return made;
}

/** The value; on a phone its unit follows, as the column of units has no room there. */
function valueCell(fact) {
  const made = cell("number", valueOf(fact), fact.written, named("comparison", fact.comparison));
  made.firstChild.append(element("span", "with-unit", ` ${fact.unit ?? ""}`));
  return made;
}

const ARROWS = { up_by: "▲", down_by: "▼", up_to: "↗", down_to: "↘" };

function changeCell(fact) {
  if (!fact.change || fact.change === "none") return element("td");
  const made = cell("", named("change", fact.change), fact.basis);
  if (fact.change in ARROWS) made.firstChild.prepend(element("span", "arrow", `${ARROWS[fact.change]} `));
  return made;
}

function modalityCell(fact) {
  const made = element("td");
  made.append(element("span", `chip ${fact.modality}`, named("modality", fact.modality)));
  if (fact.checks.some((check) => !check.holds)) made.append(element("span", "chip wrong", say("check_fails")));
  return made;
}

/** Turns to a fact: its row, its detail, and its words in the article. */
function select(fact, { focus = false, reveal = true } = {}) {
  STATE.selected = fact;
  const place = STATE.found.indexOf(fact);
  if (place >= 0 && Math.floor(place / PAGE) !== STATE.page) {
    STATE.page = Math.floor(place / PAGE);
    showTable();
  }
  for (const made of by("body").rows) {
    const here = Number(made.dataset.fact) === fact.at;
    made.ariaSelected = String(here);
    made.tabIndex = here ? 0 : -1;
    if (here && focus) made.focus({ preventScroll: true });
  }
  showDetail(fact);
  by("body").querySelector(`tr[data-fact="${fact.at}"]`)?.scrollIntoView({ block: "nearest" });
  if (reveal) showWords(fact);
}

function unselect() {
  STATE.selected = null;
  by("detail").hidden = true;
  for (const made of by("body").rows) made.ariaSelected = "false";
  for (const mark of by("words").querySelectorAll(".here, .sentence")) mark.classList.remove("here", "sentence");
}

function showDetail(fact) {
  by("detail").hidden = false;
  by("detail-title").textContent = [fact.subject, fact.indicator, fact.written].filter(Boolean).join(" · ");
  const sentence = fact.evidence ?? "";
  const at = sentence.indexOf(fact.written);
  const parts = at < 0 ? [sentence] : [sentence.slice(0, at), element("mark", "q f", fact.written), sentence.slice(at + fact.written.length)];
  by("evidence").replaceChildren(...parts);
  by("arithmetic").replaceChildren(
    ...fact.checks.map((check) => {
      const words = say("check_line", { kind: named("kind", check.kind), expected: grouped(check.expected), found: grouped(check.found) });
      const line = element("li", check.holds ? "" : "wrong", `${words} `);
      line.append(element("span", check.holds ? "chip" : "chip wrong", say(check.holds ? "check_holds" : "check_fails")));
      return line;
    }),
  );
  const fields = [];
  for (const [name, chinese] of DATA.columns) {
    if (!fact[name] || name === "evidence" || name === "article") continue;
    fields.push(element("dt", "", STATE.language === "zh" ? chinese : name), element("dd", "", fact[name]));
  }
  by("fields").replaceChildren(...fields);
}

/** Moves from the selected fact by so many rows. */
function move(by_) {
  const at = STATE.selected ? STATE.found.indexOf(STATE.selected) : -1;
  const to = at < 0 ? STATE.page * PAGE : Math.min(STATE.found.length - 1, Math.max(0, at + by_));
  if (STATE.found[to]) select(STATE.found[to], { focus: true });
}

function turn(by_) {
  const to = Math.min(Math.max(0, STATE.page + by_), pages() - 1);
  if (to === STATE.page) return;
  STATE.page = to;
  showTable();
  by("rows").scrollTop = 0;
}
