// Places of which only a point is known: drawn as spots of a size that can be hit.

const usual = 7;

/** How Leaflet makes shapes of points, on a canvas of the map. */
export function spots(renderer, radius = usual) {
  return (_, at) => L.circleMarker(at, { renderer, radius });
}

/** An outline around a shape of either kind. */
export function around(shape, style) {
  return shape.getLatLngs ? L.polygon(shape.getLatLngs(), style) : L.circleMarker(shape.getLatLng(), { ...style, radius: shape.getRadius() });
}
