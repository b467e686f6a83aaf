// One Leaflet map on canvases. The shapes come by address, once; after that only values of changed shapes arrive.
import { canvases } from '../../js/map/canvases.js';
import { CellGroup } from '../../js/map/cells.js';
import { HeatLayer } from '../../js/map/heat.js';
import { legendRows, rampOf } from '../../js/map/scale.js';
import { drawLegend } from '../../js/map/legend.js';
import { addLabels, addMarkers, pulse } from '../../js/map/overlays.js';
import { loadShapes } from '../../js/map/loading.js';
import { Pilot } from '../../js/map/pilot.js';

/** Creates the map in an element. `page` is told when the shapes are there and when one is clicked. */
export function create(element, options, page) {
  if (typeof L === 'undefined') {
    message(element, options.texts.failed);
    return { setCells() {}, mark() {}, pulse() {}, setHeat() {}, setView() {}, dispose() {} };
  }
  return new GridMap(element, options, page).handle();
}

class GridMap {
  constructor(element, options, page) {
    Object.assign(this, { element, options, page });
    this.groups = [];
    this.lines = [];
    this.shapes = new Map();
    this.view = { group: null, focus: null, heat: false, ...options.view };
    this.fitted = true;
    this.disposed = false;
    this.readTheme();
    this.map = L.map(element, {
      zoomControl: false, attributionControl: false, zoomSnap: 0, zoomDelta: 0.5,
      // A page that scrolls keeps its wheel: the map zooms with its buttons and with two fingers.
      scrollWheelZoom: false, keyboard: options.interactive, dragging: options.interactive, touchZoom: options.interactive,
      doubleClickZoom: options.interactive, boxZoom: false, zoomAnimation: !reducedMotion(), fadeAnimation: !reducedMotion(),
    });
    // A map that can be dragged needs something to show beyond its edge.
    this.canvases = canvases(this.map, options.interactive ? 0.2 : 0.02);
    if (options.zoomControl) L.control.zoom({ position: 'topleft', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(this.map);
    if (options.tiles) L.tileLayer(options.tiles.url, { attribution: options.tiles.attribution ?? '' }).addTo(this.map);
    this.fit();
    this.map.on('dragstart zoomstart', event => { if (event.type === 'dragstart' || !this.fitting) this.fitted = false; });
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(element);
    this.themes = new MutationObserver(() => this.repaint());
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    // Tests and other scripts ask here what a cell shows; the canvas itself cannot be asked.
    element.cellOf = code => this.cell(code)?.describe();
    this.load();
  }

  readTheme() {
    const style = getComputedStyle(this.element);
    const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
    const dark = read('--map-scheme', 'light') === 'dark';
    this.theme = {
      zero: read('--map-zero', '#eef2f7'), edge: read('--map-edge', '#c3cedb'), line: read('--map-line', '#5b6f86'),
      mark: read('--map-mark', '#c2185b'), halo: read('--map-halo', '#ffffff'), chosen: read('--map-chosen', '#b3361e'),
      ramp: rampOf(this.options.ramp, dark), opacity: this.options.tiles ? 0.72 : 1,
    };
  }

  get thickness() {
    // A wall of 2160 lines is looked at from the same chair as one of 1080: lines grow with the picture.
    return Math.max(1, Math.min(this.element.clientWidth, this.element.clientHeight) / 900);
  }

  /** The filled shapes that are shown: one tier at a time. */
  get group() { return this.groups.find(group => group.name === this.view.group) ?? this.groups.at(-1); }

  cell(code) {
    for (const group of this.groups) if (group.cells.has(code)) return group.cells.get(code);
    return undefined;
  }

  async load() {
    const note = message(this.element, this.options.texts.loading);
    const loaded = await loadShapes(this.options.layers, failed => { note.textContent = this.options.texts.failed; note.dataset.failed = failed; }, () => this.disposed);
    if (this.disposed) return;
    note.remove();
    loaded.forEach((data, index) => {
      const layer = this.options.layers[index];
      const group = layer.kind === 'fill' ? new CellGroup(layer.group ?? '', data, this.canvases, this.theme, this.options.texts, code => this.clicked(code)) : null;
      const shapes = group?.shapes ?? L.geoJSON(data, { renderer: this.canvases.outlines, interactive: false, style: this.lineStyle(layer) });
      shapes.eachLayer(shape => this.shapes.set(shape.feature.properties.code, shape));
      if (group) this.groups.push(group); else this.lines.push({ layer, shapes });
    });
    this.labels = addLabels(this.map, this.options.labels);
    addMarkers(this.map, this.options.markers);
    this.legend = this.options.legend && drawLegend(this.element, this.options.legend, on => this.setHeat(on));
    if (this.options.views?.length) this.pilot = new Pilot(this.element, this.options, view => this.setView(view), code => this.shapes.get(code)?.feature.properties.name);
    this.show(this.pilot?.begin() ?? this.view);
    this.element.dataset.ready = 'true';
    this.page?.invokeMethodAsync('Loaded').catch(() => {});
  }

  clicked(code) {
    if (this.options.selectable) this.page?.invokeMethodAsync('Select', code).catch(() => {});
    this.pilot?.into(code, this.groups[this.groups.indexOf(this.group) + 1]?.name);
  }

  /** Shows another tier, another part, or the heat, the old picture fading out first. */
  setView(view) {
    const next = { group: null, focus: null, heat: false, ...view };
    if (['group', 'focus', 'heat'].every(key => next[key] === this.view[key])) return;
    if (!this.groups.length || reducedMotion() || document.hidden) { this.show(next); return; }
    this.view = next;
    this.element.classList.add('map-fading');
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { this.show(this.view); this.element.classList.remove('map-fading'); }, 260);
  }

  show(view) {
    if (this.disposed) return;
    this.view = view;
    if (!this.labels) return;
    const { group } = this;
    this.groups.forEach(other => { if (other !== group) other.hide(this.map); });
    group?.show(this.map, view, this.thickness, this.labels.some(label => label.within === view.focus && group.cells.has(label.code)));
    for (const { layer, shapes } of this.lines) {
      // Outlines of a tier that is filled itself, or finer than what is filled, would say nothing.
      const own = this.groups.findIndex(other => other.name === layer.group);
      if (own < 0 || own < this.groups.indexOf(group)) shapes.addTo(this.map).bringToFront(); else shapes.remove();
    }
    this.showHeat();
    for (const label of this.labels) label.show(view.focus, group);
    this.pilot?.shown(view);
    this.paintLegend();
    this.element.dataset.group = group?.name ?? '';
    this.element.dataset.focus = view.focus ?? '';
    this.element.dataset.heat = view.heat;
    if (this.fitted) this.fit();
  }

  lineStyle(layer) {
    return { fill: false, color: this.theme.line, weight: layer.weight * this.thickness, opacity: layer.weight < 1 ? 0.55 : 0.95, lineJoin: 'round' };
  }

  setCells(changes) {
    const changed = new Map(changes.map(([code, value, marked]) => [code, { value, marked }]));
    let restyled = 0;
    for (const group of this.groups) {
      const { drawn, rescaled } = group.set(changed, group === this.group);
      restyled += drawn;
      if (rescaled && group === this.group) this.paintLegend();
    }
    this.element.dataset.restyled = restyled;
    for (const label of this.labels) if (changed.has(label.code)) label.show(this.view.focus, this.group);
    this.heat?.paint(this.groups.at(-1).cells.values());
  }

  paintLegend() {
    if (this.group) this.legend?.paint(this.view.heat ? null : legendRows(this.group.breaks, this.theme.ramp, this.theme.zero), this.theme.mark, this.group.named);
  }

  mark(code, move) {
    this.marked?.remove();
    const shape = this.shapes.get(code);
    const color = this.theme.chosen;
    this.marked = shape && L.geoJSON(shape.toGeoJSON(), { renderer: this.canvases.marks, interactive: false, style: { color, weight: 3 * this.thickness, fillColor: color, fillOpacity: 0.15 } }).addTo(this.map);
    if (!move) return;
    this.fitted = !shape;
    if (shape) this.map.fitBounds(shape.getBounds().pad(1.2), this.room); else this.fit();
  }

  setHeat(on) { this.setView({ ...this.view, heat: on }); }

  showHeat() {
    if (this.view.heat && !this.heat) {
      this.heat = new HeatLayer(this.map, this.thickness);
      this.heat.paint(this.groups.at(-1).cells.values());
    } else if (!this.view.heat && this.heat) {
      this.heat.remove();
      this.heat = null;
    }
  }

  // The strips of the legend and of the views stay free of shapes.
  get room() {
    const { padding } = this.options;
    return { paddingTopLeft: [padding, padding + (this.pilot?.height ?? 0)], paddingBottomRight: [padding, padding + (this.legend?.height ?? 0)] };
  }

  fit() {
    const { south, west, north, east } = this.options;
    const focus = this.view.focus && this.shapes.get(this.view.focus);
    this.fitting = true;
    this.map.invalidateSize({ animate: false });
    if (this.element.clientWidth > 0) this.map.fitBounds(focus ? focus.getBounds() : [[south, west], [north, east]], { animate: false, ...this.room });
    this.fitting = false;
  }

  resized() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      if (this.disposed) return;
      // Whoever has moved the map keeps their place in it.
      if (this.fitted) this.fit(); else this.map.invalidateSize({ animate: false });
      const thickness = this.thickness;
      if (thickness === this.drawnThickness) return;
      this.drawnThickness = thickness;
      this.redraw();
    });
  }

  repaint() {
    const before = this.theme;
    this.readTheme();
    // The groups of cells hold the same object.
    this.theme = Object.assign(before, this.theme);
    for (const group of this.groups) group.recolour();
    this.redraw();
  }

  /** Draws everything again, because its lines or its colours have changed. */
  redraw() {
    for (const { layer, shapes } of this.lines) shapes.setStyle(this.lineStyle(layer));
    this.heat?.remove();
    this.heat = null;
    this.show(this.view);
  }

  handle() {
    return {
      setCells: changes => this.setCells(changes),
      setHeat: on => this.setHeat(on),
      setView: view => { this.fitted = true; this.setView(view); },
      mark: (code, move) => this.mark(code, move),
      pulse: points => pulse(this.map, points),
      dispose: () => {
        this.disposed = true;
        clearTimeout(this.fading);
        this.watcher.disconnect();
        this.themes.disconnect();
        this.pilot?.dispose();
        cancelAnimationFrame(this.frame);
        this.map.remove();
      },
    };
  }
}

function message(element, text) {
  const note = document.createElement('div');
  note.className = 'map-message';
  note.setAttribute('role', 'status');
  note.textContent = text;
  element.appendChild(note);
  return note;
}

function reducedMotion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
