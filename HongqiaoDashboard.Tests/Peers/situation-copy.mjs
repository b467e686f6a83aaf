// A client's own copy of the situation, kept up to date by deltas alone, by the rules that the contract tells.

const newestReported = (a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt) || (a.number < b.number ? 1 : -1);
const latestDue = (a, b) => Date.parse(b.dueAt) - Date.parse(a.dueAt) || (a.number < b.number ? 1 : -1);
const byText = (key) => (a, b) => (key(a) < key(b) ? -1 : 1);

const lists = {
  kpis: { key: (kpi) => `${kpi.key}|${kpi.period}`, order: null },
  heat: { key: (cell) => cell.code, order: null },
  stream: { key: (card) => card.number, order: newestReported },
  breaches: { key: (card) => card.number, order: latestDue },
  campaigns: { key: (campaign) => campaign.code, order: null },
};

export class SituationCopy {
  constructor(snapshot) {
    ({ epoch: this.epoch, version: this.version, asOf: this.asOf, scope: this.scope } = snapshot);
    this.lists = {};
    for (const [name, { key }] of Object.entries(lists)) {
      this.lists[name] = new Map(snapshot[name].map((item) => [key(item), item]));
    }
  }

  apply(delta) {
    for (const [name, { key }] of Object.entries(lists)) {
      for (const item of delta[name]) this.lists[name].set(key(item), item);
    }
    for (const name of ["stream", "breaches", "campaigns"]) {
      for (const gone of delta.removed[name]) this.lists[name].delete(gone);
    }
    this.version = delta.version;
    this.asOf = delta.asOf;
  }

  figure(key, period) {
    return this.lists.kpis.get(`${key}|${period}`);
  }

  /** The picture in an order of its own, so that two copies compare. */
  picture() {
    const picture = { epoch: this.epoch, version: this.version, asOf: this.asOf, scope: this.scope };
    for (const [name, { key, order }] of Object.entries(lists)) {
      picture[name] = [...this.lists[name].values()].sort(order ?? byText(key));
    }
    return picture;
  }

  /** Whether the documented order of the lists is the order that the server sends. */
  orderFault(snapshot) {
    for (const [name, { key, order }] of Object.entries(lists)) {
      if (!order) continue;
      const [mine, theirs] = [this.picture()[name].map(key), snapshot[name].map(key)];
      const at = theirs.findIndex((item, i) => item !== mine[i]);
      if (at >= 0) return `${name}[${at}] is ${theirs[at]}, by the documented order ${mine[at]}`;
    }
    return null;
  }
}

/** The first difference of two values as a path and both sides; null when they are equal. */
export function differenceOf(a, b, path = "") {
  if (a === b) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    const difference = differenceOf(a[name], b[name], `${path}/${name}`);
    if (difference) return difference;
  }
  return null;
}
