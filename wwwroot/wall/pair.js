// A display that may show no board, or not the one that it was asked for. Nobody touches it, so it goes on by itself: to its board
// as soon as somebody has let it in, to a new code when its own has ended, to a board that it may show.
(() => {
  const second = 1000;
  const page = document.querySelector('[data-unpaired]');
  const { unpaired, to, left } = page.dataset;
  const sleep = span => new Promise(resolve => setTimeout(resolve, span));

  async function ask(address) {
    try {
      return await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(5 * second) });
    } catch {
      return null;
    }
  }

  // A page that is loaded while the server is away would be the browser's own, for good.
  async function go(address) {
    while (!(await ask('/health/ready'))?.ok) await sleep(second);
    location.replace(address);
  }

  async function pair() {
    const ends = performance.now() + Number(left) * second;
    for (;;) {
      await sleep(2 * second);
      const answer = await ask(`/wall/pair/status${to ? `?${new URLSearchParams({ to })}` : ''}`);
      if (answer?.ok) {
        const { state, go: board } = await answer.json();
        if (state === 'paired') return go(board);
        // Without a code there is nothing to ask for, but a place may have become free.
        if (state === 'gone' && (document.querySelector('[data-code]') !== null || performance.now() > ends)) return go(location.href);
      } else if (answer?.status === 429) {
        await sleep(30 * second);
      }
    }
  }

  if (unpaired === 'pair') pair();
  else sleep(15 * second).then(() => go(to));
})();
