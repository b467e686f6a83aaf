/** The tree scrolls within its panel only: the page stays where it is. */
export function create(host) {
  return { showSelected: () => showSelected(host), dispose() {} };
}

function showSelected(host) {
  const item = host.querySelector('.mud-treeview-item-selected');
  const panel = host.parentElement;
  if (!item || !panel) return;
  const [at, frame] = [item.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (at.top < frame.top || at.bottom > frame.bottom) panel.scrollTop += at.top - frame.top - frame.height / 3;
}
