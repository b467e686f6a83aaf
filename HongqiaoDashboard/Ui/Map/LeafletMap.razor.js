export async function create(element, options) {
  const map = L.map(element, { preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0.05 });
  map.fitBounds([[options.south, options.west], [options.north, options.east]]);
  const shapes = new Map();
  for (const layer of options.layers) {
    const data = await (await fetch(layer.url)).json();
    const fill = layer.kind === 'fill';
    L.geoJSON(data, {
      style: fill ? style(0) : { fill: false, color: '#6fb7ff', weight: 1.5 },
      onEachFeature: (feature, shape) => { if (fill) shapes.set(feature.properties.code, shape); },
    }).addTo(map);
  }
  return {
    setValues(values) {
      for (const [code, value] of Object.entries(values)) shapes.get(code)?.setStyle(style(value));
    },
    dispose() { map.remove(); },
  };
}

const ramp = ['#0d2744', '#1d4e75', '#2f7f9e', '#58b08c', '#c9d45c', '#f7b13c', '#ef6a32'];
function style(value) {
  const step = value <= 0 ? 0 : Math.min(ramp.length - 1, 1 + Math.floor(Math.log2(value)));
  return { fillColor: ramp[step], fillOpacity: 1, color: '#173a5e', weight: 0.5 };
}
