"use strict";
// The chart: bars for values side by side, lines for values over time.

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes, words) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (words !== undefined) made.textContent = words;
  return made;
}

function showChart() {
  const sets = seriesOf(STATE.found).slice(0, 60);
  const chosen = sets.find((set) => `${set.kind} ${set.key}` === STATE.series) ?? sets[0];
  by("series").hidden = sets.length === 0;
  by("chart-title").textContent = say("view_chart");
  fill(by("series"), sets.map((set) => [`${set.kind} ${set.key}`, titleOf(set)]), chosen ? `${chosen.kind} ${chosen.key}` : "");
  by("series").classList.remove("on");
  if (!chosen) {
    by("drawing").replaceChildren();
    by("chart-note").textContent = say("chart_none");
    return;
  }
  const notes = [say("chart_click")];
  const drawn = chosen.kind === "course" ? lines(chosen, notes) : bars(chosen, notes);
  by("drawing").replaceChildren(drawn);
  by("chart-note").textContent = notes.join(STATE.language === "zh" ? "" : " ");
}

/** Round numbers from the least to the most, about so many. */
function ticks(least, most, about) {
  const span = most - least || Math.abs(most) || 1;
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const all = [];
  for (let at = Math.floor(least / step); at * step < most + step * 0.999; at += 1) all.push(at * step);
  return all;
}

function clickable(made, point) {
  const { fact } = point;
  made.classList.add("point");
  made.append(shape("title", {}, [fact.subject, fact.indicator, fact.condition, fact.written, periodOf(fact.time_start, fact.time_end), named("modality", fact.modality)].filter(Boolean).join(" · ")));
  made.addEventListener("click", () => select(fact));
  return made;
}

function clipped(words, most) {
  const all = [...words];
  return all.length > most ? `${all.slice(0, most - 1).join("")}…` : words;
}

function width() {
  return Math.max(280, Math.min(900, by("drawing").clientWidth || 640));
}

function bars(set, notes) {
  const all = set.bars;
  const shown = all.slice(0, MOST_BARS);
  if (all.length > shown.length) notes.unshift(say("chart_more", { all: all.length, n: shown.length }));
  if (shown.some((point) => point.fact.modality !== "actual")) notes.unshift(say("chart_hollow"));
  const wide = width();
  const left = Math.min(wide * 0.42, 230);
  const [right, step] = [70, 24];
  const high = shown.length * step + 8;
  const values = shown.map((point) => point.value);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = wide - left - right - (least < 0 ? 60 : 0);
  const zero = left + (least < 0 ? 60 : 0) + (room * -least) / (most - least || 1);
  const size = (value) => (room * Math.abs(value)) / (most - least || 1);
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": titleOf(set) });
  const letters = Math.floor(left / 13.5);
  shown.forEach((point, i) => {
    const y = i * step + 4;
    const group = shape("g", {});
    const label = point.more ? `${point.label} · ${point.more}` : point.label;
    const length = Math.max(1, size(point.value));
    const x = point.value < 0 ? zero - length : zero;
    const hollow = point.fact.modality === "actual" ? "" : " hollow";
    group.append(
      shape("rect", { class: "target", x: 0, y, width: wide, height: step }),
      shape("text", { class: "label", x: left - 8, y: y + 16, "text-anchor": "end" }, clipped(label, letters)),
      shape("rect", { class: `stick${hollow}`, x, y: y + 4, width: length, height: step - 9, rx: 2 }),
      shape("text", { class: "value", x: point.value < 0 ? x - 6 : x + length + 6, y: y + 16, "text-anchor": point.value < 0 ? "end" : "start" }, short(point.value)),
    );
    picture.append(clickable(group, point));
  });
  picture.append(shape("line", { class: "axis", x1: zero, x2: zero, y1: 0, y2: high }));
  return picture;
}

function lines(set, notes) {
  const groups = new Map();
  for (const point of set.points.filter((point) => point.time)) {
    if (!groups.has(point.label)) groups.set(point.label, []);
    groups.get(point.label).push(point);
  }
  const all = [...groups].sort((a, b) => b[1].length - a[1].length);
  const shown = all.slice(0, MOST_LINES);
  if (all.length > shown.length) notes.unshift(say("chart_more", { all: all.length, n: shown.length }));
  const points = shown.flatMap(([, group]) => group);
  if (points.some((point) => point.fact.modality !== "actual")) notes.unshift(say("chart_hollow"));
  const [wide, high, left, right, top, bottom] = [width(), 196, 62, 110, 10, 26];
  const days = points.map((point) => Date.parse(point.time.slice(0, 10)));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const values = points.map((point) => point.value);
  const marks = ticks(Math.min(0, ...values), Math.max(...values), 4);
  const [least, most] = [marks[0], marks[marks.length - 1]];
  const x = (point) => left + ((wide - left - right) * (Date.parse(point.time.slice(0, 10)) - first)) / (last - first || 1);
  const y = (value) => high - bottom - ((high - top - bottom) * (value - least)) / (most - least || 1);
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": titleOf(set) });
  for (const mark of marks) {
    picture.append(shape("line", { class: "grid", x1: left, x2: wide - right, y1: y(mark), y2: y(mark) }));
    picture.append(shape("text", { class: "value", x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, short(mark)));
  }
  const moments = [...new Set(points.map((point) => point.time.slice(0, 10)))].sort();
  const yearly = new Set(moments.map((day) => day.slice(0, 4))).size === moments.length;
  let free = -Infinity;
  for (const day of moments) {
    const at = x({ time: day });
    if (at < free) continue;
    free = at + (yearly ? 44 : 66);
    picture.append(shape("text", { class: "value", x: at, y: high - 8, "text-anchor": "middle" }, yearly ? day.slice(0, 4) : day.slice(0, 7)));
  }
  const taken = [];
  shown.forEach(([label, group], i) => {
    group.sort((a, b) => a.time.localeCompare(b.time));
    const path = group.map((point) => `${x(point)},${y(point.value)}`).join(" ");
    picture.append(shape("polyline", { class: `line l${i}`, points: path }));
    for (const point of group) {
      const hollow = point.fact.modality === "actual" ? "" : " hollow";
      picture.append(clickable(shape("circle", { class: `dot l${i}${hollow}`, cx: x(point), cy: y(point.value), r: 4.5 }), point));
    }
    const end = group[group.length - 1];
    let place = y(end.value) + 4;
    while (taken.some((other) => Math.abs(other - place) < 14)) place += 14;
    taken.push(place);
    picture.append(shape("text", { class: `label l${i}`, x: x(end) + 9, y: place }, clipped(label, 7)));
  });
  return picture;
}
