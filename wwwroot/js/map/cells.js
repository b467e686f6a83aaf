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

  show(map, view, thickness) {
    if (this.view?.focus !== view.focus || this.view?.heat !== view.heat || this.thickness !== thickness) for (const cell of this.cells.values()) cell.dirty = true;
    this.view = view;
    this.thickness = thickness;
    this.draw();
    if (!map.hasLayer(this.shapes)) this.shapes.addTo(map);
  }

  hide(map) {
    if (map.hasLayer(this.shapes)) this.shapes.remove();
  }

  /** What stands out lies above its neighbours, whose edges would cut its outline in half. */
  raiseMarked() {
    for (const cell of this.cells.values()) if (cell.marked > 0 && cell.inside) cell.shape.bringToFront();
  }

  draw() {
    let drawn = 0;
    for (const cell of this.cells.values()) {
      if (!cell.dirty) continue;
      cell.dirty = false;
      cell.inside = !this.view?.focus || (cell.code.startsWith(this.view.focus) && cell.code !== this.view.focus) || cell.code === this.view.focus;
      cell.shape.setStyle(this.style(cell));
      if (cell.marked > 0 && cell.inside && cell.shape._map) cell.shape.bringToFront();
      drawn++;
    }
    return drawn;
  }

  style({ value, marked, inside }) {
    const { zero, edge, mark, ramp, opacity } = this.theme;
    const step = this.view?.heat ? -1 : classOf(value, this.breaks);
    const stands = marked > 0 && inside && !this.view?.heat;
    return {
      fill: true, fillColor: step < 0 ? zero : ramp[step], fillOpacity: inside ? opacity : opacity * 0.18,
      color: stands ? mark : edge, opacity: inside ? 1 : 0.3, weight: (stands ? 3.6 : 0.6) * (this.thickness ?? 1), lineJoin: 'round',
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
