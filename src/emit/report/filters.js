"use strict";
// Which facts are shown: the choices, how many facts each choice would leave, and the order.

const FACETS = ["article", "subject", "indicator", "modality", "rule"];

/** What a fact has for a facet, as text. */
function facetOf(fact, facet) {
  return facet === "article" ? String(fact.article) : fact[facet] ?? "";
}

/** True where a fact passes all filters, leaving out one. */
function passes(fact, without) {
  const filters = STATE.filters;
  for (const facet of FACETS) {
    // "=" stands before a choice, so that a fact without a subject can be chosen too
    if (facet !== without && filters[facet] && filters[facet] !== `=${facetOf(fact, facet)}`) return false;
  }
  if (without !== "checks" && filters.checks) {
    const wanted = filters.checks === "failed" ? fact.checks.some((check) => !check.holds) : fact.checks.length > 0;
    if (!wanted) return false;
  }
  return !filters.search || wordsOf(fact).includes(filters.search.toLowerCase());
}

function wordsOf(fact) {
  fact.words ??= [fact.subject, fact.indicator, fact.written, fact.condition, fact.basis, fact.evidence].filter(Boolean).join("\n").toLowerCase();
  return fact.words;
}

/** Finds the facts again and shows them. */
function applyFilters() {
  STATE.found = FACTS.filter((fact) => passes(fact));
  sortFound();
  STATE.page = 0;
  fillFilters();
  showTable();
  showChart();
}

function sortFound() {
  const { column, down } = STATE.sort;
  if (!column) return;
  const turn = down ? -1 : 1;
  if (column === "value") {
    // only for the order: the value itself is never a floating-point number
    const size = (fact) => (fact.base_value ? Number(fact.base_value) : fact.value ? Number(fact.value) : -Infinity);
    STATE.found.sort((a, b) => turn * ((a.base_unit ?? "").localeCompare(b.base_unit ?? "") || size(a) - size(b)) || a.at - b.at);
    return;
  }
  const order = new Intl.Collator("zh-CN");
  const cell = column === "time" ? (fact) => fact.time_end || fact.time_start || "" : (fact) => fact[column] ?? "";
  STATE.found.sort((a, b) => turn * order.compare(cell(a), cell(b)) || a.at - b.at);
}

/** The choices of each filter with their counts under the other filters. */
function fillFilters() {
  for (const facet of FACETS) {
    const counts = new Map();
    for (const fact of FACTS) {
      if (!passes(fact, facet)) continue;
      const cell = facetOf(fact, facet);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    const chosen = STATE.filters[facet];
    if (chosen && !counts.has(chosen.slice(1))) counts.set(chosen.slice(1), 0);
    const choices = [...counts];
    if (facet === "article") choices.sort((a, b) => Number(a[0]) - Number(b[0]));
    else choices.sort((a, b) => b[1] - a[1]);
    fill(by(`by-${facet}`), [["", say("all")], ...choices.map(([cell, count]) => [`=${cell}`, `${facetLabel(facet, cell)}  ${count}`])], chosen);
  }
  const checks = [["", say("check_all")], ["any", say("check_any")], ["failed", say("check_failed")]];
  fill(by("by-checks"), checks, STATE.filters.checks);
}

function facetLabel(facet, cell) {
  if (facet === "article") return ARTICLES[Number(cell)].id;
  if (facet === "modality" && cell) return named("modality", cell);
  return cell || say("none");
}

function fill(select, choices, chosen) {
  select.replaceChildren(
    ...choices.map(([value, label]) => {
      const option = element("option", "", label);
      option.value = value;
      return option;
    }),
  );
  select.value = chosen;
  select.classList.toggle("on", chosen !== "");
}

function clearFilters() {
  for (const name of Object.keys(STATE.filters)) STATE.filters[name] = "";
  by("search").value = "";
  applyFilters();
}
