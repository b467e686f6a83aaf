// Asks the server every second whether it is ready, and then loads the board whose address this page has.
(() => {
  const second = 1000;
  // A board that cannot be shown although the server is ready must not be asked for as fast as it can.
  const betweenReloads = 5 * second;
  const began = performance.now();
  const waited = document.querySelector('[data-waited]');
  const sleep = span => new Promise(resolve => setTimeout(resolve, span));

  async function ready() {
    try {
      return (await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(3 * second) })).ok;
    } catch {
      return false;
    }
  }

  function tell() {
    const seconds = Math.floor((performance.now() - began) / second);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const padded = number => String(number).padStart(2, '0');
    waited.textContent = hours > 0 ? `${hours}:${padded(minutes)}:${padded(seconds % 60)}` : `${minutes}:${padded(seconds % 60)}`;
  }

  async function wait() {
    do await sleep(second); while (!await ready() || performance.now() - began < betweenReloads);
    location.reload();
  }

  setInterval(tell, second);
  wait();
})();
