// Starts Blazor and owns what happens when its circuit is lost.
// A desk page says so calmly and tries for ever. A wall, which nobody touches, keeps its last picture (its age shows by
// itself), asks the server every second whether it is ready, and only then loads anew: a reload while the server is down
// would end on the browser's own error page, for good. A display that is not paired any more is blank at once.
(() => {
  const second = 1000;
  // A wall that fails right after loading must not load as fast as it can.
  const betweenReloads = 5 * second;
  const betweenStandings = 4 * second;
  const isWall = () => document.querySelector('[data-recovery=wall]') !== null;
  const banner = document.getElementById('circuit-banner');
  const sleep = span => new Promise(resolve => setTimeout(resolve, span));
  let recovering = false;
  let leaving = false;

  async function ready() {
    try {
      const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(3 * second) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  // A display or a person whose identity has been taken back must see nothing any more, whatever else is going on: only a clear
  // no of the server counts, silence is no answer. The server says where the page has to go when it is loaded anew.
  async function dismissed() {
    if (leaving) return true;
    try {
      const said = new URLSearchParams({ board: location.pathname.replace('/wall/', ''), version: document.documentElement.dataset.version });
      const { status } = await fetch(`/wall/standing?${said}`, { cache: 'no-store', signal: AbortSignal.timeout(3 * second) });
      if (status !== 401 && status !== 403) return false;
    } catch {
      return false;
    }
    leaving = true;
    document.body.replaceChildren();
    location.reload();
    return true;
  }

  async function reloadWhenReady() {
    if (recovering) return;
    recovering = true;
    document.documentElement.dataset.recovering = 'true';
    if (await dismissed()) return;
    const last = Number(sessionStorage.getItem('reloadedAt') ?? 0);
    do {
      await sleep(second);
      if (await dismissed()) return;
    } while (Date.now() - last < betweenReloads && Date.now() >= last);
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
          // Whoever is signed out or ended must not go on looking at what the page still shows.
          if (await dismissed()) return;
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

  // Asked all the time, not only when the connection goes: it tells the server what the display shows, too.
  if (isWall() && document.querySelector('[data-unpaired]') === null) {
    (async () => { while (!await dismissed()) await sleep(betweenStandings); })();
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
