// Lets figures run to their value. The page writes the true text; this only plays the way there, in the same text node,
// and always ends on what the page wrote. Whoever asked for less motion sees the value at once.
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const length = 700;
const running = new Map();
let observer = null;
let users = 0;

export const count = {
  /** Watches all elements with `data-count` below a root. */
  watch(root) {
    users++;
    if (observer) return;
    observer = new MutationObserver(changes => {
      for (const change of changes) {
        if (change.type === 'attributes') play(change.target, Number(change.oldValue));
        else for (const node of change.addedNodes) if (node.nodeType === 1) begin(node);
      }
    });
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-count'], attributeOldValue: true });
    begin(root);
  },

  /** Ends one watch; the last one stops all motion. */
  unwatch() {
    if (--users > 0 || !observer) return;
    observer.disconnect();
    observer = null;
    for (const element of [...running.keys()]) stop(element);
  },
};

function begin(root) {
  if (root.matches?.('[data-count]')) play(root, 0);
  for (const element of root.querySelectorAll?.('[data-count]') ?? []) play(element, 0);
}

function play(element, from) {
  const known = running.get(element);
  const to = Number(element.dataset.count);
  const node = element.firstChild;
  // Put in place and found again, before its first frame: it is on its way already.
  if (known && known.node === node && node.nodeValue === known.written && known.to === to) return;
  if (known) { from = known.shown; stop(element, false); }
  if (calm.matches || document.hidden || node?.nodeType !== 3 || element.dataset.count === '' || !Number.isFinite(to) || !Number.isFinite(from) || from === to) return;
  const decimals = Number(element.dataset.decimals ?? 0);
  const format = new Intl.NumberFormat(document.documentElement.lang || undefined, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, roundingMode: 'trunc' });
  const state = { node, to, end: node.nodeValue, shown: from, written: null, frame: 0 };
  running.set(element, state);
  const began = performance.now();
  const step = now => {
    const part = Math.min(1, (now - began) / length);
    if (part >= 1) { stop(element); return; }
    state.shown = from + (to - from) * (1 - (1 - part) ** 3);
    node.nodeValue = state.written = format.format(state.shown);
    state.frame = requestAnimationFrame(step);
  };
  step(began);
}

// The page may have written a new text already; then the old end must not come back.
function stop(element, finish = true) {
  const state = running.get(element);
  if (!state) return;
  cancelAnimationFrame(state.frame);
  running.delete(element);
  if (finish) state.node.nodeValue = state.end;
}
