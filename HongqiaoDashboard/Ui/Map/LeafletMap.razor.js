// One Leaflet map on one canvas. The shapes come by address, once; after that only values of changed shapes arrive.
import { classOf, heatGradient, legendRows, pickBreaks, rampOf } from '../../js/map/scale.js';
import { drawLegend } from '../../js/map/legend.js';
import { addLabels, addMarkers, pulse } from '../../js/map/overlays.js';
import { loadShapes } from '../../js/map/loading.js';

/** Creates the map in an element. `page` is told when the shapes are there and when one is clicked. */
export function create(element, options, page) {
  if (typeof L === 'undefined') {
    message(element, options.texts.failed);
    return { setCells() {}, mark() {}, pulse() {}, setHeat() {}, dispose() {} };
  }
  return new GridMap(element, options, page).handle();
}

class GridMap {
  constructor(element, options, page) {
    Object.assign(this, { element, options, page });
    this.cells = new Map();
    this.shapes = new Map();
    this.breaks = pickBreaks(0);
    this.fitted = true;
    this.disposed = false;
    this.readTheme();
    this.map = L.map(element, {
      renderer: L.canvas({ padding: 0.2 }), zoomControl: false, attributionControl: false, zoomSnap: 0, zoomDelta: 0.5,
      // A page that scrolls keeps its wheel: the map zooms with its buttons and with two fingers.
      scrollWheelZoom: false, keyboard: options.interactive, dragging: options.interactive, touchZoom: options.interactive,
      doubleClickZoom: options.interactive, boxZoom: false, zoomAnimation: !reducedMotion(), fadeAnimation: !reducedMotion(),
    });
    if (options.zoomControl) L.control.zoom({ position: 'topleft', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(this.map);
    if (options.tiles) L.tileLayer(options.tiles.url, { attribution: options.tiles.attribution ?? '' }).addTo(this.map);
    this.fit();
    this.map.on('dragstart zoomstart', event => { if (event.type === 'dragstart' || !this.fitting) this.fitted = false; });
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(element);
    this.themes = new MutationObserver(() => { this.readTheme(); this.restyle(); this.paintLegend(); });
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    // Tests and other scripts ask here what a cell shows; the canvas itself cannot be asked.
    element.cellOf = code => this.describe(code);
    this.load();
  }

  readTheme() {
    const style = getComputedStyle(this.element);
    const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
    this.theme = {
      dark: read('--map-scheme', 'light') === 'dark',
      zero: read('--map-zero', '#eef2f7'), edge: read('--map-edge', '#c3cedb'), line: read('--map-line', '#5b6f86'),
      mark: read('--map-mark', '#c2185b'), chosen: read('--map-chosen', '#b3361e'),
    };
    this.ramp = rampOf(this.options.ramp, this.theme.dark);
  }

  get thickness() {
    // A wall of 2160 lines is looked at from the same chair as one of 1080: lines grow with the picture.
    return Math.max(1, Math.min(this.element.clientWidth, this.element.clientHeight) / 900);
  }

  async load() {
    const note = message(this.element, this.options.texts.loading);
    const loaded = await loadShapes(this.options.layers, failed => { note.textContent = this.options.texts.failed; note.dataset.failed = failed; }, () => this.disposed);
    if (this.disposed) return;
    note.remove();
    this.lines = [];
    loaded.forEach((data, index) => {
      const layer = this.options.layers[index];
      const shapes = L.geoJSON(data, { style: layer.kind === 'fill' ? this.fillStyle({ value: 0 }) : this.lineStyle(layer), interactive: layer.kind === 'fill' });
      shapes.eachLayer(shape => this.shapes.set(shape.feature.properties.code, shape));
      if (layer.kind === 'fill') shapes.eachLayer(shape => this.addCell(shape));
      else this.lines.push({ layer, shapes });
      shapes.addTo(this.map);
    });
    this.labels = addLabels(this.map, this.options.labels);
    addMarkers(this.map, this.options.markers);
    this.legend = this.options.legend && drawLegend(this.element, this.options.legend, on => this.setHeat(on));
    this.paintLegend();
    if (this.fitted) this.fit();
    this.element.dataset.ready = 'true';
    this.page?.invokeMethodAsync('Loaded').catch(() => {});
  }

  addCell(shape) {
    const { code, name } = shape.feature.properties;
    const cell = { code, name, shape, value: 0, marked: 0 };
    this.cells.set(code, cell);
    shape.bindTooltip(() => this.tooltip(cell), { sticky: true, className: 'map-tooltip' });
    if (this.options.selectable) shape.on('click', () => this.page?.invokeMethodAsync('Select', code).catch(() => {}));
  }

  tooltip(cell) {
    const box = document.createElement('div');
    const title = box.appendChild(document.createElement('strong'));
    title.textContent = cell.name ?? cell.code;
    const texts = this.options.texts;
    for (const [text, value] of [[texts.value, cell.value], [cell.marked > 0 ? texts.marked : null, cell.marked]]) {
      if (text) box.appendChild(document.createElement('div')).textContent = text.replace('{0}', value.toLocaleString());
    }
    return box;
  }

  fillStyle(cell) {
    const step = classOf(cell.value, this.breaks);
    const marked = cell.marked > 0;
    return {
      fill: true, fillColor: step < 0 ? this.theme.zero : this.ramp[step], fillOpacity: this.options.tiles ? 0.72 : 1,
      color: marked ? this.theme.mark : this.theme.edge, weight: (marked ? 4 : 0.6) * this.thickness, lineJoin: 'round',
    };
  }

  lineStyle(layer) {
    return { fill: false, color: this.theme.line, weight: layer.weight * this.thickness, opacity: layer.weight < 1 ? 0.55 : 0.95, lineJoin: 'round' };
  }

  setCells(changes) {
    for (const [code, value, marked] of changes) {
      const cell = this.cells.get(code);
      if (cell) Object.assign(cell, { value, marked: marked ?? cell.marked, dirty: true });
    }
    let most = 0;
    for (const cell of this.cells.values()) most = Math.max(most, cell.value);
    const breaks = pickBreaks(most, this.breaks);
    const all = breaks !== this.breaks;
    this.breaks = breaks;
    let restyled = 0;
    for (const cell of this.cells.values()) {
      if (all || cell.dirty) { cell.shape.setStyle(this.fillStyle(cell)); restyled++; }
      cell.dirty = false;
    }
    this.element.dataset.restyled = restyled;
    if (all) this.paintLegend();
    if (this.heat) this.paintHeat();
  }

  paintLegend() {
    this.legend?.paint(legendRows(this.breaks, this.ramp, this.theme.zero), this.theme.mark);
  }

  mark(code, move) {
    this.marked?.remove();
    const shape = this.shapes.get(code);
    const color = this.theme.chosen;
    this.marked = shape && L.geoJSON(shape.toGeoJSON(), { interactive: false, style: { color, weight: 3 * this.thickness, fillColor: color, fillOpacity: 0.15 } }).addTo(this.map);
    if (!move) return;
    this.fitted = !shape;
    if (shape) this.map.fitBounds(shape.getBounds().pad(1.2), this.room); else this.fit();
  }

  setHeat(on) {
    if (on && !this.heat && L.heatLayer) {
      // Its own scaling by zoom level is of no use on a map whose zoom follows its size.
      this.heat = L.heatLayer([], { radius: 30 * this.thickness, blur: 24 * this.thickness, minOpacity: 0.1, max: 1, maxZoom: 1, gradient: heatGradient }).addTo(this.map);
      this.paintHeat();
    } else if (!on && this.heat) {
      this.heat.remove();
      this.heat = null;
    }
  }

  paintHeat() {
    let most = 1;
    for (const cell of this.cells.values()) most = Math.max(most, cell.value);
    const points = [];
    for (const cell of this.cells.values()) {
      if (cell.value > 0) { const at = cell.shape.getBounds().getCenter(); points.push([at.lat, at.lng, cell.value / most]); }
    }
    this.heat.setLatLngs(points);
  }

  describe(code) {
    const cell = this.cells.get(code);
    return cell && { code, value: cell.value, marked: cell.marked, color: cell.shape.options.fillColor, outline: cell.shape.options.color };
  }

  // The legend's strip stays free of shapes.
  get room() {
    const { padding } = this.options;
    return { paddingTopLeft: [padding, padding], paddingBottomRight: [padding, padding + (this.legend?.height ?? 0)] };
  }

  fit() {
    const { south, west, north, east } = this.options;
    this.fitting = true;
    this.map.invalidateSize({ animate: false });
    if (this.element.clientWidth > 0) {
      this.map.fitBounds([[south, west], [north, east]], { animate: false, ...this.room });
    }
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
      this.restyle();
    });
  }

  restyle() {
    for (const cell of this.cells.values()) cell.shape.setStyle(this.fillStyle(cell));
    for (const { layer, shapes } of this.lines ?? []) shapes.setStyle(this.lineStyle(layer));
  }

  handle() {
    return {
      setCells: changes => this.setCells(changes),
      setHeat: on => this.setHeat(on),
      mark: (code, move) => this.mark(code, move),
      pulse: points => pulse(this.map, points),
      dispose: () => {
        this.disposed = true;
        this.watcher.disconnect();
        this.themes.disconnect();
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
