// The map's canvases, one above the other: what changes every second is drawn without what stands still. Fills lie lowest, all
// outlines above them, and what stands out on top.

/** Makes the canvases of a map. `padding` is how far they reach beyond it, as a part of its size. */
export function canvases(map, padding) {
  const pane = (name, height) => {
    const element = map.createPane(name);
    // Below the heat, which has Leaflet's own pane at 400; only fills are pointed at.
    element.style.zIndex = height;
    if (name !== 'fills') element.style.pointerEvents = 'none';
    return { pane: name, padding };
  };
  return { fills: new (fillCanvas())(pane('fills', 391)), outlines: L.canvas(pane('outlines', 392)), marks: L.canvas(pane('marks', 393)) };
}

let made = null;

// Leaflet draws again all that touches the rectangle around everything that has changed, which for a few cells here and there is
// the whole map. Fills without outlines that do not overlap need nothing of their neighbours: each is drawn over itself.
function fillCanvas() {
  made ??= L.Canvas.extend({
    initialize(options) {
      L.Canvas.prototype.initialize.call(this, options);
      this._recoloured = new Set();
    },

    _updateStyle(layer) {
      this._recoloured.add(layer);
      this._redrawRequest = this._redrawRequest || L.Util.requestAnimFrame(this._redraw, this);
    },

    _removePath(layer) {
      this._recoloured.delete(layer);
      L.Canvas.prototype._removePath.call(this, layer);
    },

    // Everything is drawn anew, because the map has moved.
    _updatePaths() {
      this._recoloured.clear();
      L.Canvas.prototype._updatePaths.call(this);
    },

    _redraw() {
      if (this._redrawBounds || this._recoloured.size === 0) L.Canvas.prototype._redraw.call(this);
      this._redrawRequest = null;
      this._drawing = this._over = true;
      for (const layer of this._recoloured) layer._updatePath();
      this._drawing = this._over = false;
      this._recoloured.clear();
    },

    _fillStroke(context, layer) {
      // What lets something through must not lie on what it was before: taken away first, and the seam to a neighbour stays whole.
      if (this._over && layer.options.fillOpacity < 1) {
        context.globalAlpha = 1;
        context.globalCompositeOperation = 'destination-out';
        context.fill('evenodd');
        context.globalCompositeOperation = 'lighter';
      }
      L.Canvas.prototype._fillStroke.call(this, context, layer);
      context.globalCompositeOperation = 'source-over';
    },
  });
  return made;
}
