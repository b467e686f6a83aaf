// What lies above the canvas as elements: names, markers, and the one pulse of a new case.

/**
 * Adds names that stay readable from afar; their size is a matter of the style sheet. A name within a part shows when that
 * part does, and carries the value of its shape while the shapes of its own tier are filled.
 */
export function addLabels(map, labels) {
  return (labels ?? []).map(label => new Label(map, label));
}

class Label {
  constructor(map, label) {
    Object.assign(this, { map, code: label.code, within: label.within ?? null, text: label.text });
    this.body = text(label.text);
    this.value = document.createElement('b');
    this.mark = document.createElement('em');
    this.marker = L.marker([label.latitude, label.longitude], { interactive: false, keyboard: false, icon: L.divIcon({ className: 'map-label', iconSize: null, html: this.body }) });
  }

  show(focus, group) {
    if (this.within !== focus) { this.marker.remove(); return; }
    if (!this.map.hasLayer(this.marker)) this.marker.addTo(this.map);
    const cell = this.code && group && !group.view?.heat ? group.cells.get(this.code) : null;
    if (cell) {
      const shown = cell.value.toLocaleString();
      const marked = cell.marked > 0 ? cell.marked.toLocaleString() : '';
      if (!this.value.firstChild) this.value.append('', this.mark);
      if (this.value.firstChild.nodeValue !== shown) this.value.firstChild.nodeValue = shown;
      if (this.mark.textContent !== marked) this.mark.textContent = marked;
      if (!this.value.isConnected) this.body.append(this.value);
    } else this.value.remove();
  }
}

/** Adds markers of single places. */
export function addMarkers(map, markers) {
  for (const marker of markers ?? []) {
    const layer = L.marker([marker.latitude, marker.longitude], {
      title: marker.title ?? '', alt: marker.title ?? '', keyboard: false, icon: L.divIcon({ className: 'map-marker', iconSize: null, html: '<i></i>' }),
    }).addTo(map);
    if (marker.title) layer.bindTooltip(text(marker.title), { className: 'map-tooltip', direction: 'top' });
  }
}

const mostPulses = 30;
let pulsing = 0;

/** Rings once around each point. A burst shows some of its points rather than stop the map. */
export function pulse(map, points) {
  for (const [latitude, longitude] of points) {
    if (pulsing >= mostPulses) return;
    pulsing++;
    // The ring's motion, or its standing still for those who asked for less motion, is in the style sheet; both end.
    const ring = L.marker([latitude, longitude], { interactive: false, keyboard: false, icon: L.divIcon({ className: 'map-pulse', iconSize: null, html: '<i></i>' }) }).addTo(map);
    setTimeout(() => { ring.remove(); pulsing--; }, 2300);
  }
}

function text(value) {
  const span = document.createElement('span');
  span.textContent = value;
  return span;
}
