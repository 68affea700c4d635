"use strict";
// What can be laid side by side: the values of one indicator by subject or over time, and changes of one kind.

const MOST_BARS = 20;
const MOST_LINES = 6;

/** The sets of facts that are worth looking at, the best first. */
function seriesOf(facts) {
  const sets = new Map();
  const add = (key, about, fact, label) => {
    if (!sets.has(key)) sets.set(key, { key, ...about, points: [] });
    sets.get(key).points.push({ fact, label, time: fact.time_end || fact.time_start || "" });
  };
  for (const fact of facts) {
    if (!fact.value || fact.value_max || !fact.indicator) continue;
    if (["none", "up_to", "down_to"].includes(fact.change)) {
      const about = { kind: "level", indicator: fact.indicator };
      add(`level ${fact.base_unit ?? fact.unit} ${fact.indicator}`, about, fact, fact.subject ?? "");
    } else if (["up_by", "down_by"].includes(fact.change) && fact.unit === "%") {
      const basis = fact.basis ?? "";
      add(`growth ${basis} of ${fact.subject}`, { kind: "growth", subject: fact.subject ?? "", basis }, fact, fact.indicator);
      add(`growth ${basis} in ${fact.indicator}`, { kind: "across", indicator: fact.indicator, basis }, fact, fact.subject ?? "");
    }
  }
  const worth = [];
  for (const set of sets.values()) {
    if (set.points.length < 3) continue;
    set.based = !set.points.every((point) => point.fact.unit === set.points[0].fact.unit);
    for (const point of set.points) point.value = signed(point.fact, set.based);
    if (set.kind === "level" && hasCourse(set.points)) worth.push({ ...set, kind: "course" });
    const bars = distinct(set.points);
    if (new Set(bars.map((bar) => bar.label)).size >= 3) worth.push({ ...set, bars });
  }
  const points = (set) => Math.min(12, set.bars?.length ?? set.points.length);
  const rank = { course: 3, level: 2, across: 1, growth: 1 };
  return worth.sort((a, b) => points(b) + rank[b.kind] - points(a) - rank[a.kind]);
}

/** The size of a fact's value on the screen, in the unit as written or in the base unit. */
function signed(fact, based) {
  // a place on the screen needs no more digits than a floating-point number has
  const value = Number(based && fact.base_value ? fact.base_value : fact.value);
  return fact.change === "down_by" ? -value : value;
}

/** True where one subject has three values at three times. */
function hasCourse(points) {
  const times = new Map();
  for (const point of points) {
    if (!point.time) continue;
    if (!times.has(point.label)) times.set(point.label, new Set());
    times.get(point.label).add(point.time);
  }
  return [...times.values()].some((all) => all.size >= 3);
}

/** One bar a label and value; where a label has several, what tells them apart is added. */
function distinct(points) {
  const seen = new Map();
  for (const point of points) {
    const key = `${point.label}\n${point.value}\n${point.time}`;
    if (point.label && !seen.has(key)) seen.set(key, point);
  }
  const all = [...seen.values()];
  const counts = new Map();
  for (const point of all) counts.set(point.label, (counts.get(point.label) ?? 0) + 1);
  for (const point of all) {
    const { fact } = point;
    point.more = counts.get(point.label) > 1 ? fact.condition || periodOf(fact.time_start, fact.time_end) || fact.time_text || "" : "";
  }
  return all.sort((a, b) => b.value - a.value);
}

function titleOf(set) {
  const unit = (set.based ? set.points[0].fact.base_unit : set.points[0].fact.unit) ?? "";
  const places = { indicator: set.indicator, subject: set.subject || "–", basis: set.basis || "" };
  const key = { course: "chart_time", level: "chart_subject", growth: "chart_growth_subject", across: "chart_growth_indicator" }[set.kind];
  return unit ? `${say(key, places)} ${unit}` : say(key, places);
}
