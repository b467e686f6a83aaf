// The filled shapes of one tier: their values, the class breaks found from these, and their styles.
import { around, spots } from './spots.js';
import { classOf, pickBreaks } from './scale.js';

class Cell {
  constructor(group, shape) {
    const { code, name } = shape.feature.properties;
    Object.assign(this, { group, shape, code, name, value: 0, marked: 0, text: null, barred: false, dirty: true });
  }

  /** What the shape shows, as it was last drawn. */
  describe() {
    const { mark, edge } = this.group.theme;
    return { code: this.code, value: this.value, marked: this.marked, barred: this.barred, color: this.shape.options.fillColor, outline: this.rim?._map ? mark : edge };
  }
}

export class CellGroup {
  /** `canvases` are those of the map: fills, outlines and marks each have their own. */
  constructor(name, data, canvases, theme, { texts, classes }, onClick) {
    Object.assign(this, { name, canvases, theme, texts });
    this.shapes = L.geoJSON(data, { renderer: canvases.fills, pointToLayer: spots(canvases.fills) });
    this.edges = L.geoJSON(data, { renderer: canvases.outlines, interactive: false, pointToLayer: spots(canvases.outlines) });
    this.cells = new Map();
    this.fixed = classes?.length > 0;
    this.breaks = this.fixed ? classes.map(({ from }) => from) : pickBreaks(0);
    this.view = null;
    this.shapes.eachLayer(shape => {
      const cell = new Cell(this, shape);
      this.cells.set(cell.code, cell);
      shape.bindTooltip(() => this.tooltip(cell), { sticky: true, className: 'map-tooltip' });
      shape.on('click', () => onClick(cell.code));
    });
  }

  /** Takes changed values by code. Hidden shapes are styled when they are shown. */
  set(changed, visible) {
    let most = 0;
    for (const cell of this.cells.values()) {
      const next = changed.get(cell.code);
      if (next) {
        const barred = next.barred === true;
        const edged = barred !== cell.barred;
        Object.assign(cell, { value: next.value, marked: next.marked ?? cell.marked, text: next.text, barred, dirty: true });
        if (edged) this.edgeOf(cell.code)?.setStyle(this.edgeStyle(cell));
      }
      most = Math.max(most, cell.value);
    }
    const breaks = this.fixed ? this.breaks : pickBreaks(most, this.breaks);
    const rescaled = breaks !== this.breaks;
    this.breaks = breaks;
    if (rescaled) for (const cell of this.cells.values()) cell.dirty = true;
    return { drawn: visible ? this.draw() : 0, rescaled };
  }

  /** Shows the shapes. With `named`, each carries its figures as text, which says more than an outline. */
  show(map, view, thickness, named) {
    if (this.view?.focus !== view.focus || this.view?.heat !== view.heat || this.thickness !== thickness || this.named !== named || this.recoloured) {
      for (const cell of this.cells.values()) cell.dirty = true;
      Object.assign(this, { view, thickness, named, recoloured: false });
      this.edges.setStyle(edge => this.edgeStyle(this.cells.get(edge.properties.code)));
    }
    this.draw();
    if (!map.hasLayer(this.shapes)) { this.shapes.addTo(map); this.edges.addTo(map); }
    for (const cell of this.cells.values()) this.raise(cell);
  }

  /** The colours of the theme have changed; they are drawn when the group is shown. */
  recolour() {
    this.recoloured = true;
    for (const cell of this.cells.values()) {
      cell.halo?.setStyle({ color: this.theme.halo });
      cell.rim?.setStyle({ color: this.theme.mark });
    }
  }

  hide(map) {
    if (!map.hasLayer(this.shapes)) return;
    this.shapes.remove();
    this.edges.remove();
    for (const cell of this.cells.values()) this.lower(cell);
  }

  // What stands out has an outline above all others, and that a dark rim: it must also stand out from a bright fill, for eyes
  // that do not see its hue.
  raise(cell) {
    const map = cell.shape._map;
    if (!map || !this.stands(cell)) { this.lower(cell); return; }
    if (cell.rim?._map && cell.rimmed === this.thickness) return;
    const outline = color => around(cell.shape, { renderer: this.canvases.marks, interactive: false, fill: false, color, lineJoin: 'round' });
    cell.halo ??= outline(this.theme.halo);
    cell.rim ??= outline(this.theme.mark);
    cell.rimmed = this.thickness;
    cell.halo.setStyle({ weight: 7 * this.thickness }).addTo(map).bringToBack();
    cell.rim.setStyle({ weight: 3.6 * this.thickness }).addTo(map);
  }

  // Let go of, not only hidden: in months every cell stands out once, and a rim holds as much as its cell.
  lower(cell) {
    cell.halo?.remove();
    cell.rim?.remove();
    cell.halo = cell.rim = null;
  }

  stands({ marked, inside }) { return marked > 0 && inside && !this.view?.heat && !this.named; }

  draw() {
    let drawn = 0;
    for (const cell of this.cells.values()) {
      if (!cell.dirty) continue;
      cell.dirty = false;
      cell.inside = this.isInside(cell.code);
      cell.shape.setStyle(this.style(cell));
      this.raise(cell);
      drawn++;
    }
    return drawn;
  }

  edgeOf(code) {
    return this.edges.getLayers().find(edge => edge.feature.properties.code === code);
  }

  isInside(code) {
    return !this.view?.focus || code.startsWith(this.view.focus);
  }

  style({ value, inside }) {
    const { zero, ramp, opacity } = this.theme;
    const step = this.view?.heat ? -1 : classOf(value, this.breaks);
    return { stroke: false, fill: true, fillColor: step < 0 ? zero : ramp[step], fillOpacity: inside ? opacity * (this.named ? 0.85 : 1) : 0 };
  }

  edgeStyle({ code, barred }) {
    const { edge, line } = this.theme;
    const weight = barred ? 2.4 : this.named ? 1.6 : this.fixed ? 1 : 0.6;
    return {
      fill: false, color: this.named || barred || this.fixed ? line : edge, opacity: this.isInside(code) ? 1 : 0.1, weight: weight * (this.thickness ?? 1), lineJoin: 'round',
      dashArray: barred ? '5 4' : null,
    };
  }

  tooltip(cell) {
    const box = document.createElement('div');
    box.appendChild(document.createElement('strong')).textContent = cell.name ?? cell.code;
    if (cell.text) {
      for (const line of cell.text.split('\n')) box.appendChild(document.createElement('div')).textContent = line;
      return box;
    }
    for (const [text, value] of [[this.texts.value, cell.value], [cell.marked > 0 ? this.texts.marked : null, cell.marked]]) {
      if (text) box.appendChild(document.createElement('div')).textContent = text.replace('{0}', value.toLocaleString());
    }
    return box;
  }
}
