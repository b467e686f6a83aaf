// From a value to a class and its colour. All ramps grow evenly in lightness, so they hold for colour-blind eyes and in grey.
const dark = {
  viridis: ['#3b528b', '#2a788e', '#22a884', '#5ec962', '#b5de2b', '#fde725'],
  cividis: ['#2f4a7c', '#575d6d', '#7c7b78', '#a59c74', '#d3c164', '#fee838'],
  ember: ['#5c2a3f', '#8a2f45', '#b93f42', '#dd6338', '#f5933c', '#fcd15b'],
};
const light = {
  viridis: ['#d8e9b0', '#9bd17c', '#4cb08a', '#27818e', '#3b528b', '#3b0f57'],
  cividis: ['#f3e4a0', '#d3c164', '#a59c74', '#7c7b78', '#4a5570', '#00224e'],
  ember: ['#fee6ce', '#fdc692', '#f99e59', '#e8701b', '#bd4503', '#7f2704'],
  blues: ['#d3e4f3', '#a6cde4', '#66abd4', '#3585bf', '#0f5aa3', '#08306b'],
};

/** The colours of the heat layer, by intensity. */
export const heatGradient = { 0.2: '#5c2a3f', 0.45: '#b93f42', 0.7: '#f5933c', 1: '#ffe58a' };

/** The same as stops of a CSS gradient. */
export function heatStops() {
  return Object.entries(heatGradient).sort(([a], [b]) => a - b).map(([at, color]) => `${color} ${at * 100}%`).join(', ');
}

/** The colours of a named ramp, the least class first; an unknown name has the house's own. */
export function rampOf(name, onDark) {
  return onDark ? dark[name] ?? dark.viridis : light[name] ?? light.blues;
}

const steps = [[1, 2, 3, 4, 5, 6], [1, 2, 4, 6, 8, 10], [1, 3, 6, 10, 15, 20], [1, 5, 10, 20, 30, 50], [1, 10, 25, 50, 75, 100], [1, 25, 50, 100, 150, 250]];
for (let factor = 1; factor <= 1_000_000; factor *= 10) {
  for (const row of [[50, 100, 200, 300, 500], [100, 250, 500, 750, 1000], [250, 500, 1000, 1500, 2500]]) steps.push([1, ...row.map(n => n * factor)]);
}

/** Lower bounds of the classes for a largest value. The present ones stay while they still tell cells apart. */
export function pickBreaks(most, present) {
  const wanted = steps.findLast(row => row[row.length - 1] <= most) ?? steps[0];
  const fits = present && present[present.length - 1] * 0.5 <= Math.max(most, 6) && wanted[wanted.length - 1] <= present[present.length - 1];
  return fits ? present : wanted;
}

/** The class of a value; -1 for none. */
export function classOf(value, breaks) {
  return breaks.findLastIndex(lower => value >= lower);
}

/** What the legend says, the least class first; known classes bring their own texts. */
export function legendRows(breaks, ramp, zero, classes, none) {
  if (classes?.length) return [{ color: zero, text: none ?? '0' }, ...classes.map(({ text }, i) => ({ color: ramp[i], text }))];
  const rows = breaks.map((lower, i) => {
    const upper = breaks[i + 1] === undefined ? null : breaks[i + 1] - 1;
    return { color: ramp[i], text: upper === null ? `≥ ${lower.toLocaleString()}` : upper === lower ? `${lower}` : `${lower.toLocaleString()}–${upper.toLocaleString()}` };
  });
  return [{ color: zero, text: '0' }, ...rows];
}
