// The density of cases as a smooth surface: each filled shape of the finest tier spreads its value around its middle.
import { heatGradient } from './scale.js';

export class HeatLayer {
  constructor(map, thickness) {
    // Its own scaling by zoom level is of no use on a map whose zoom follows its size.
    this.layer = L.heatLayer?.([], { radius: 34 * thickness, blur: 30 * thickness, minOpacity: 0.12, max: 1, maxZoom: 1, gradient: heatGradient });
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
