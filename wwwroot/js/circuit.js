// Starts Blazor and owns what happens when its circuit is lost.
// A desk page says so calmly and tries for ever. A wall, which nobody touches, keeps its last picture (its age shows by
// itself), asks the server every second whether it is ready, and only then loads anew: a reload while the server is down
// would end on the browser's own error page, for good.
(() => {
  const second = 1000;
  // A wall that fails right after loading must not load as fast as it can.
  const betweenReloads = 5 * second;
  const isWall = () => document.querySelector('[data-recovery=wall]') !== null;
  const banner = document.getElementById('circuit-banner');
  const sleep = span => new Promise(resolve => setTimeout(resolve, span));
  let recovering = false;

  async function ready() {
    try {
      const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(3 * second) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  async function reloadWhenReady() {
    if (recovering) return;
    recovering = true;
    document.documentElement.dataset.recovering = 'true';
    const last = Number(sessionStorage.getItem('reloadedAt') ?? 0);
    do await sleep(second); while (Date.now() - last < betweenReloads && Date.now() >= last);
    while (!await ready()) await sleep(second);
    sessionStorage.setItem('reloadedAt', Date.now());
    location.reload();
  }

  function say(key) {
    if (!banner) return;
    banner.hidden = key === null;
    if (key !== null) banner.querySelector('[data-text]').textContent = banner.dataset[key];
    banner.querySelector('button').hidden = key === null || key === 'lost';
  }

  async function reconnect() {
    if (recovering) return;
    recovering = true;
    say('lost');
    try {
      for (;;) {
        if (await ready()) {
          try {
            if (await Blazor.reconnect()) { say(null); return; }
            // The server is there but has forgotten this page. Whoever is typing decides for themselves when to load anew.
            if (!document.activeElement?.matches('input, textarea, select, [contenteditable]')) { location.reload(); return; }
            say('expired');
            return;
          } catch {
            // It went again; go on asking.
          }
        }
        await sleep(second);
      }
    } finally {
      recovering = false;
    }
  }

  // A wall that is loaded while the server is away, or a display that is switched on before it, waits with a page of its own.
  // Browsers have no worker for addresses that are neither https nor this machine: there the waiting above must do.
  if (isWall()) {
    const { lang, dataset } = document.documentElement;
    navigator.serviceWorker?.register(`/wall/worker.js?${new URLSearchParams({ lang, version: dataset.version })}`, { scope: '/wall/', updateViaCache: 'none' })
      .catch(error => console.warn('A reload while the server is away would end on the browser\'s own page.', error));
  }

  banner?.querySelector('button').addEventListener('click', () => location.reload());

  // An error that ends the circuit, or a failed start, shows Blazor's own error element and nothing else is called.
  const broken = document.getElementById('blazor-error-ui');
  if (broken) {
    new MutationObserver(() => {
      if (broken.style.display !== 'block') return;
      broken.style.display = 'none';
      if (isWall()) reloadWhenReady(); else if (!recovering) say('broken');
    }).observe(broken, { attributes: true, attributeFilter: ['style'] });
  }

  if (typeof Blazor === 'undefined') {
    if (isWall()) reloadWhenReady(); else say('broken');
    return;
  }

  Blazor.start({
    circuit: {
      configureSignalR: builder => builder.withServerTimeout(8 * second).withKeepAliveInterval(3 * second),
      reconnectionHandler: {
        onConnectionDown: () => { if (isWall()) reloadWhenReady(); else reconnect(); },
        onConnectionUp: () => say(null),
      },
    },
  }).catch(() => { if (isWall()) reloadWhenReady(); else say('broken'); });
})();
