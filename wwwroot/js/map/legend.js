// The legend: class breaks, the outline that stands out, a switch for the heat layer, and what must be said of the borders.

import { heatStops } from './scale.js';

/** Puts a legend into the map's element. `onHeat` is told whether the heat layer is wanted. */
export function drawLegend(host, texts, onHeat) {
  const box = add(host, 'div', 'map-legend');
  // Clicks and drags on the legend are not meant for the map below it.
  L.DomEvent.disableClickPropagation(box);
  if (texts.title) add(box, 'div', 'map-legend-title').textContent = texts.title;
  const rows = add(box, 'ul', 'map-legend-rows');
  if (texts.heat) {
    const label = add(box, 'label', 'map-legend-heat');
    const input = add(label, 'input');
    input.type = 'checkbox';
    input.addEventListener('change', () => onHeat(input.checked));
    label.append(texts.heat);
  }
  if (texts.note) add(box, 'div', 'map-note').textContent = texts.note;
  return {
    get height() { return box.offsetHeight; },
    /** Shows classes, or without any the ramp of the heat. `named` says that marks are numbers beside names, not outlines. */
    paint(classes, mark, named) {
      rows.replaceChildren();
      if (!classes) {
        add(rows, 'li').textContent = texts.low ?? '';
        row(rows, texts.high ?? '', swatch => { swatch.classList.add('map-swatch-heat'); swatch.style.background = `linear-gradient(to right, ${heatStops()})`; });
        return;
      }
      for (const { color, text } of classes) row(rows, text, swatch => { swatch.style.background = color; });
      if (texts.barred) row(rows, texts.barred, swatch => { swatch.style.border = '.16em dashed'; });
      if (texts.mark) row(rows, texts.mark, swatch => { if (named) swatch.className = 'map-swatch-number'; else swatch.style.boxShadow = `inset 0 0 0 .2em ${mark}`; });
    },
  };
}

function row(rows, text, paint) {
  const item = add(rows, 'li');
  paint(add(item, 'i', 'map-swatch'));
  add(item, 'span').textContent = text;
}

function add(parent, tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return parent.appendChild(element);
}
