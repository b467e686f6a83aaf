// Steers the map of a board: a strip that says what is shown and lets it be switched, keys for a hall with a keyboard, a
// click into a part, and a tour through views for a board that nobody touches. The tour follows the server's clock, so
// that boards which hang side by side show the same.
import { serverNow } from '../live.js';

// After a touch the tour waits; somebody may be explaining something.
const rest = 120_000;
// The pointer of a hall's mouse is shown while it moves.
const pointerRest = 4000;

export class Pilot {
  constructor(element, options, show, nameOf) {
    Object.assign(this, { element, options, show, nameOf });
    this.view = { group: null, focus: null, heat: false, ...options.view };
    this.restsUntil = 0;
    this.paused = false;
    this.draw();
    this.root = element.closest('[data-recovery]') ?? element;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    document.addEventListener('keydown', event => this.key(event), { signal });
    element.addEventListener('contextmenu', event => { event.preventDefault(); this.up(); }, { signal });
    this.root.addEventListener('mousemove', () => this.pointer(), { signal });
    this.timer = setInterval(() => this.tick(), 500);
  }

  get height() { return this.strip.offsetHeight; }

  /** The view to begin with. */
  begin() { return this.stop() ?? this.view; }

  draw() {
    this.strip = add(this.element, 'div', 'map-strip');
    L.DomEvent.disableClickPropagation(this.strip);
    this.caption = add(this.strip, 'div', 'map-caption');
    const bar = add(this.strip, 'div', 'map-views');
    this.buttons = this.options.views.map(view => {
      const button = add(bar, 'button', 'map-view');
      button.type = 'button';
      button.tabIndex = -1;
      button.append(view.text);
      add(button, 'i');
      button.addEventListener('click', () => this.touch({ ...view, focus: view.heat ? null : this.view.focus }));
      return { button, view };
    });
  }

  /** Told what is shown. */
  shown(view) {
    this.view = view;
    this.caption.textContent = (view.focus && this.nameOf(view.focus)) || this.options.texts.whole;
    for (const { button, view: own } of this.buttons) {
      const on = own.heat === view.heat && (own.heat || own.group === view.group);
      button.setAttribute('aria-pressed', on);
    }
  }

  /** Goes into a part, one tier down. */
  into(code, group) {
    if (group && !this.view.heat) this.touch({ group, focus: code, heat: false });
  }

  up() {
    if (!this.view.focus) return;
    const outer = this.options.labels.find(label => label.code === this.view.focus)?.within ?? null;
    const index = this.options.views.findIndex(view => view.group === this.view.group);
    this.touch({ group: this.options.views[Math.max(0, index - 1)].group, focus: outer, heat: false });
  }

  touch(view) {
    this.restsUntil = serverNow() + rest;
    this.show(view);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { views } = this.options;
    const chosen = views[Number(event.key) - 1];
    if (chosen) this.touch({ ...chosen, focus: chosen.heat ? null : this.view.focus });
    else if (event.key === 'h' || event.key === 'H') this.touch({ ...this.view, focus: null, heat: !this.view.heat });
    else if (event.key === '0' || event.key === 'Home') this.touch({ ...this.view, focus: null });
    else if (event.key === 'Escape' || event.key === 'Backspace') this.up();
    else if (event.key === ' ') { this.paused = !this.paused; this.restsUntil = 0; }
    else return;
    event.preventDefault();
  }

  pointer() {
    this.root.dataset.pointer = 'true';
    clearTimeout(this.pointing);
    this.pointing = setTimeout(() => { delete this.root.dataset.pointer; }, pointerRest);
  }

  // Where the tour stands at this instant of the server's clock.
  stop() {
    const { tour, tourSeconds } = this.options;
    if (!tour?.length || this.paused || serverNow() < this.restsUntil) return null;
    return tour[Math.floor(serverNow() / 1000 / tourSeconds) % tour.length];
  }

  tick() {
    const stop = this.stop();
    if (stop) this.show(stop);
    const { tourSeconds } = this.options;
    const part = stop ? (serverNow() / 1000 % tourSeconds) / tourSeconds : 0;
    this.strip.style.setProperty('--tour', part.toFixed(3));
  }

  dispose() {
    clearInterval(this.timer);
    clearTimeout(this.pointing);
    this.listeners.abort();
  }
}

function add(parent, tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return parent.appendChild(element);
}
