// Colours by place of use; the first of a ramp is "nothing".
const palettes = {
  wall: {
    ramp: ['#0d2744', '#1d4e75', '#2f7f9e', '#58b08c', '#c9d45c', '#f7b13c', '#ef6a32'],
    border: '#173a5e', outline: '#6fb7ff', mark: '#ffffff',
  },
  desk: {
    ramp: ['#eaf1f8', '#cfe3f5', '#a5cdea', '#f7e08f', '#f5bd62', '#e98445', '#c8511b'],
    border: '#a9bccf', outline: '#0b5cad', mark: '#b3361e',
  },
};

export async function create(element, options, listener) {
  const palette = palettes[options.palette];
  const map = L.map(element, { preferCanvas: true, zoomControl: options.zoomControl, attributionControl: false, zoomSnap: 0.05 });
  if (options.legend) legend(palette, options.legend).addTo(map);
  const home = L.latLngBounds([options.south, options.west], [options.north, options.east]);
  // The legend's strip stays free of shapes.
  const room = { paddingBottomRight: [0, options.legend ? 64 : 0] };
  map.fitBounds(home, room);
  const fills = new Map();
  const shapes = new Map();
  let mark = null;
  for (const layer of options.layers) {
    const data = await (await fetch(layer.url)).json();
    const fill = layer.kind === 'fill';
    L.geoJSON(data, {
      style: fill ? style(palette, 0) : { fill: false, color: palette.outline, weight: layer.weight },
      // Lines lie above the fills: they must let a click through.
      interactive: fill && listener !== null,
      onEachFeature: (feature, shape) => {
        const code = feature.properties.code;
        shapes.set(code, shape);
        if (!fill) return;
        fills.set(code, shape);
        if (listener) shape.on('click', () => listener.invokeMethodAsync('Select', code));
      },
    }).addTo(map);
  }
  return {
    setValues(values) {
      for (const [code, value] of Object.entries(values)) fills.get(code)?.setStyle(style(palette, value));
    },
    mark(code, move) {
      mark?.remove();
      const shape = shapes.get(code);
      mark = shape
        ? L.geoJSON(shape.toGeoJSON(), { interactive: false, style: { color: palette.mark, weight: 3, fillColor: palette.mark, fillOpacity: 0.15 } }).addTo(map)
        : null;
      if (move) map.fitBounds(shape ? shape.getBounds().pad(1.2) : home, room);
    },
    dispose() { map.remove(); },
  };
}

// Steps double: 0, 1, 2-3, 4-7 and so on, the last one open.
function legend(palette, title) {
  const control = L.control({ position: 'bottomright' });
  control.onAdd = () => {
    const box = L.DomUtil.create('div', 'map-legend');
    L.DomUtil.create('span', '', box).textContent = title;
    palette.ramp.forEach((colour, step) => {
      const least = step === 0 ? 0 : 2 ** (step - 1);
      const most = 2 ** step - 1;
      const entry = L.DomUtil.create('i', '', box);
      entry.style.borderColor = colour;
      entry.textContent = step === palette.ramp.length - 1 ? `${least}+` : most > least ? `${least}–${most}` : `${least}`;
    });
    return box;
  };
  return control;
}

function style(palette, value) {
  const { ramp, border } = palette;
  const step = value <= 0 ? 0 : Math.min(ramp.length - 1, 1 + Math.floor(Math.log2(value)));
  return { fillColor: ramp[step], fillOpacity: 1, color: border, weight: 0.5 };
}
