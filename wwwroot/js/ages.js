// What each tile of a page says of its own age, and the bars of promises that shrink with time. Driven by live.js, by the
// server's clock.

/** Writes the age of every tile: up to when it is right, or once that is too long ago, for how long nothing has come. */
export function paintAges(freshAt, now, { staleAfter }, timeOf, spanOf) {
  for (const element of document.querySelectorAll('[data-tile-age]')) {
    const own = element.dataset.tileAge;
    const at = own ? Number(own) : freshAt;
    // A map whose shapes are not there yet shows nothing, however fresh the figures are.
    const missing = element.parentElement.querySelector('.leaflet-host:not([data-ready=true])') !== null;
    const age = at === null ? null : Math.max(0, now - at);
    const state = age === null || missing ? 'waiting' : age > staleAfter ? 'stale' : 'fresh';
    if (element.dataset.age !== state) element.dataset.age = state;
    const text = element.querySelector('[data-tile-age-text]');
    const shown = state === 'waiting' ? '' : state === 'fresh' ? timeOf(at) : spanOf(age);
    if (text.textContent !== shown) text.textContent = shown;
  }
}

/** Draws each bar as long as what is left of its span. */
export function paintBars(now) {
  for (const bar of document.querySelectorAll('[data-from][data-to]')) {
    const [from, to] = [Number(bar.dataset.from), Number(bar.dataset.to)];
    const left = to > from ? Math.min(1, Math.max(0, (to - now) / (to - from))) : 0;
    // A thousandth of a bar cannot be seen, and what does not change is not drawn.
    const scale = `scaleX(${left.toFixed(3)})`;
    if (bar.style.transform !== scale) bar.style.transform = scale;
    const state = left === 0 ? 'empty' : left < 0.25 ? 'low' : 'left';
    if (bar.dataset.left !== state) bar.dataset.left = state;
  }
}
