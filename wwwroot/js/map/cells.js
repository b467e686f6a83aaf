// The filled shapes of one tier: their values, the class breaks found from these, and their styles.
import { classOf, pickBreaks } from './scale.js';

class Cell {
  constructor(group, shape) {
    const { code, name } = shape.feature.properties;
    Object.assign(this, { group, shape, code, name, value: 0, marked: 0, dirty: true });
  }

  /** What the shape shows, as it was last drawn. */
  describe() {
    return { code: this.code, value: this.value, marked: this.marked, color: this.shape.options.fillColor, outline: this.shape.options.color };
  }
}

export class CellGroup {
  constructor(name, shapes, theme, texts, onClick) {
    Object.assign(this, { name, shapes, theme, texts });
    this.cells = new Map();
    this.breaks = pickBreaks(0);
    this.view = null;
    shapes.eachLayer(shape => {
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
      if (next) Object.assign(cell, { value: next.value, marked: next.marked ?? cell.marked, dirty: true });
      most = Math.max(most, cell.value);
    }
    const breaks = pickBreaks(most, this.breaks);
    const rescaled = breaks !== this.breaks;
    this.breaks = breaks;
    if (rescaled) for (const cell of this.cells.values()) cell.dirty = true;
    return { drawn: visible ? this.draw() : 0, rescaled };
  }

  /** Shows the shapes. With `named`, each carries its figures as text, which says more than an outline. */
  show(map, view, thickness, named) {
    if (this.view?.focus !== view.focus || this.view?.heat !== view.heat || this.thickness !== thickness || this.named !== named) for (const cell of this.cells.values()) cell.dirty = true;
    this.view = view;
    this.thickness = thickness;
    this.named = named;
    this.draw();
    if (!map.hasLayer(this.shapes)) this.shapes.addTo(map);
  }

  /** The colours of the theme have changed; they are drawn when the group is shown. */
  recolour() {
    for (const cell of this.cells.values()) {
      cell.dirty = true;
      cell.halo?.setStyle({ color: this.theme.halo });
    }
  }

  hide(map) {
    if (!map.hasLayer(this.shapes)) return;
    this.shapes.remove();
    for (const cell of this.cells.values()) this.lower(cell);
  }

  /** What stands out lies above its neighbours, whose edges would cut its outline in half. */
  raiseMarked() {
    for (const cell of this.cells.values()) this.raise(cell);
  }

  // A dark rim around the outline: it must also stand out from a bright fill, for eyes that do not see its hue.
  raise(cell) {
    const map = cell.shape._map;
    if (!map || !this.stands(cell)) { this.lower(cell); return; }
    cell.halo ??= L.polygon(cell.shape.getLatLngs(), { interactive: false, fill: false, color: this.theme.halo, lineJoin: 'round' });
    cell.halo.setStyle({ weight: 7.5 * this.thickness }).addTo(map).bringToFront();
    cell.shape.bringToFront();
  }

  // Let go of, not only hidden: in months every cell stands out once, and a rim holds as much as its cell.
  lower(cell) {
    cell.halo?.remove();
    cell.halo = null;
  }

  stands({ marked, inside }) { return marked > 0 && inside && !this.view?.heat && !this.named; }

  draw() {
    let drawn = 0;
    for (const cell of this.cells.values()) {
      if (!cell.dirty) continue;
      cell.dirty = false;
      cell.inside = !this.view?.focus || (cell.code.startsWith(this.view.focus) && cell.code !== this.view.focus) || cell.code === this.view.focus;
      cell.shape.setStyle(this.style(cell));
      this.raise(cell);
      drawn++;
    }
    return drawn;
  }

  style(cell) {
    const { value, inside } = cell;
    const { zero, edge, line, mark, ramp, opacity } = this.theme;
    const step = this.view?.heat ? -1 : classOf(value, this.breaks);
    const stands = this.stands(cell);
    return {
      fill: true, fillColor: step < 0 ? zero : ramp[step], fillOpacity: inside ? opacity * (this.named ? 0.85 : 1) : 0,
      color: stands ? mark : this.named ? line : edge, opacity: inside ? 1 : 0.1, weight: (stands ? 3.6 : this.named ? 1.6 : 0.6) * (this.thickness ?? 1), lineJoin: 'round',
    };
  }

  tooltip(cell) {
    const box = document.createElement('div');
    box.appendChild(document.createElement('strong')).textContent = cell.name ?? cell.code;
    for (const [text, value] of [[this.texts.value, cell.value], [cell.marked > 0 ? this.texts.marked : null, cell.marked]]) {
      if (text) box.appendChild(document.createElement('div')).textContent = text.replace('{0}', value.toLocaleString());
    }
    return box;
  }
}
