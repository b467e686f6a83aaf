// The contract of the situation hub, as it is told to other programs: every member, its camelCase name and its type.
// Nothing may be missing and nothing may be there beside it.

const text = (v) => typeof v === "string";
const filled = (v) => text(v) && v.length > 0;
const whole = (v) => Number.isSafeInteger(v);
const number = (v) => typeof v === "number" && Number.isFinite(v);
const instant = (v) => text(v) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(v) && !Number.isNaN(Date.parse(v));
const orNull = (check) => (v) => v === null || check(v);
const oneOf = (...values) => (v) => values.includes(v);
const listOf = (shape) => ({ list: shape });

const kpi = {
  key: filled,
  period: oneOf("now", "today", "todayPrevious", "month", "monthPrevious", "year", "yearPrevious", "all"),
  value: orNull(number), numerator: whole, denominator: orNull(whole), unit: oneOf("cases", "%"),
  formula: (v) => text(v) && /^[a-zA-Z-]+@\d+$/.test(v),
};
const cell = { code: (v) => text(v) && /^\d{6,15}$/.test(v), open: whole, today: whole, overdue: whole };
const card = {
  number: (v) => text(v) && /^HQ\d{8}-\d{6}$/.test(v), category: filled, type: filled, severity: oneOf("ordinary", "major"),
  gridCode: (v) => text(v) && /^\d{15}$/.test(v),
  state: oneOf("reported", "accepted", "dispatched", "checkedIn", "handling", "resolved", "verified", "closed", "rejected", "merged", "suspended"),
  reportedAt: instant, dueAt: orNull(instant), lat: number, lon: number,
};
const campaign = { code: filled, name: filled, done: number, total: number, unit: text, asOf: instant };

const shapes = {
  snapshot: {
    epoch: filled, version: whole, asOf: instant, scope: orNull(filled),
    kpis: listOf(kpi), heat: listOf(cell), stream: listOf(card), breaches: listOf(card), campaigns: listOf(campaign),
  },
  delta: {
    epoch: filled, fromVersion: whole, version: whole, asOf: instant,
    kpis: listOf(kpi), heat: listOf(cell), stream: listOf(card), breaches: listOf(card), campaigns: listOf(campaign),
    removed: { stream: listOf(filled), breaches: listOf(filled), campaigns: listOf(filled) },
  },
  heartbeat: { epoch: filled, version: whole, asOf: instant },
};

/** What is wrong with a message, as lines of text; empty when it keeps the contract. */
export function faultsOf(name, value) {
  const faults = [];
  check(shapes[name], value, name, faults);
  return faults;
}

function check(shape, value, path, faults) {
  if (typeof shape === "function") {
    if (!shape(value)) faults.push(`${path} is ${JSON.stringify(value)}`);
  } else if (shape.list) {
    if (!Array.isArray(value)) faults.push(`${path} is no list`);
    else value.forEach((item, i) => check(shape.list, item, `${path}[${i}]`, faults));
  } else if (value === null || typeof value !== "object" || Array.isArray(value)) {
    faults.push(`${path} is no object`);
  } else {
    for (const member of Object.keys(shape)) {
      if (member in value) check(shape[member], value[member], `${path}.${member}`, faults);
      else faults.push(`${path}.${member} is missing`);
    }
    for (const member of Object.keys(value)) {
      if (!(member in shape)) faults.push(`${path}.${member} is not in the contract`);
    }
  }
}
