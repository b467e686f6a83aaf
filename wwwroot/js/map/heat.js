// The density of cases as a smooth surface: each filled shape of the finest tier spreads its value around its middle.
import { heatGradient } from './scale.js';

// A smooth surface has no details: more pixels would only cost time, on a large wall a tenth of a second at each change.
const shortEdge = 420;

export class HeatLayer {
  constructor(map, thickness) {
    const options = { radius: 34 * thickness, blur: 30 * thickness, minOpacity: 0.12, max: 1, gradient: heatGradient };
    this.layer = L.HeatLayer && new (coarseLayer())([], options);
    this.layer?.addTo(map);
  }

  /** Shows the cells' values. The square root keeps one hot spot from hiding all others. */
  paint(cells) {
    const shown = [...cells].filter(cell => cell.value > 0);
    const most = Math.max(1, ...shown.map(cell => cell.value));
    this.layer?.setLatLngs(shown.map(cell => {
      const at = cell.shape.getBounds().getCenter();
      return [at.lat, at.lng, Math.sqrt(cell.value / most) * 0.55];
    }));
  }

  remove() { this.layer?.remove(); }
}

let made = null;

// Leaflet.heat on a coarse canvas that the browser stretches. Its own scaling by zoom level is of no use on a map whose zoom
// follows its size.
function coarseLayer() {
  made ??= L.HeatLayer.extend({
    _reset() {
      const size = this._map.getSize();
      this._scale = Math.min(1, shortEdge / Math.max(1, Math.min(size.x, size.y)));
      const coarse = size.multiplyBy(this._scale).ceil();
      L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
      Object.assign(this._canvas, { width: coarse.x, height: coarse.y });
      Object.assign(this._canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
      Object.assign(this._heat, { _width: coarse.x, _height: coarse.y });
      this._heat.radius(Math.round(this.options.radius * this._scale), Math.round(this.options.blur * this._scale));
      this._redraw();
    },

    _redraw() {
      this._frame = null;
      // A map without a size has no pixels to colour.
      if (!this._map || this._canvas.width === 0 || this._canvas.height === 0) return;
      this._heat.data(this._latlngs.map(([latitude, longitude, strength]) => {
        const { x, y } = this._map.latLngToContainerPoint([latitude, longitude]).multiplyBy(this._scale);
        return [x, y, strength];
      })).draw(this.options.minOpacity);
    },
  });
  return made;
}
