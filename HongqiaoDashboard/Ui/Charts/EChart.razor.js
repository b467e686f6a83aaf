// One chart. ECharts is loaded with the first chart of a page, not with every page.
export async function create(element, option) {
  let echarts;
  try {
    echarts = await import('../../lib/echarts/echarts.esm.min.mjs');
  } catch (error) {
    console.warn('The chart library did not load.', error);
    element.textContent = element.dataset.failedText;
    return { set() {}, dispose() {} };
  }

  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  const scale = () => Number.parseFloat(getComputedStyle(element).fontSize);
  let last = option;
  const set = next => {
    last = next;
    const family = getComputedStyle(element).fontFamily;
    chart.setOption(resolve({ animation: !calm, textStyle: { fontFamily: family, fontSize: scale() }, ...next }, element, scale()));
    element.dataset.points = next.series?.[0]?.data?.length ?? 0;
  };
  set(option);
  let size = scale();
  const watcher = new ResizeObserver(() => {
    if (element.clientWidth === 0) return;
    chart.resize();
    // The type grows with a wall; a chart on a canvas must be told.
    if (scale() !== size) { size = scale(); set(last); }
  });
  watcher.observe(element);
  const themes = new MutationObserver(() => set(last));
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return {
    set,
    dispose() {
      watcher.disconnect();
      themes.disconnect();
      chart.dispose();
    },
  };
}

// Colours come from the style sheet and sizes in em from the host's type: an option may say `var(--name)` and `1.2em`.
function resolve(value, element, em) {
  if (typeof value === 'string') {
    const name = /^var\((--[\w-]+)\)$/.exec(value);
    if (name) return getComputedStyle(element).getPropertyValue(name[1]).trim();
    const size = /^([\d.]+)em$/.exec(value);
    return size ? Number(size[1]) * em : value;
  }
  if (Array.isArray(value)) return value.map(item => resolve(item, element, em));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, element, em)]));
  return value;
}
