// Stands between a wall and a server that may be away: a display that is loaded while nobody answers gets a calm page that
// waits, never the browser's own error page, which would stay for good. It keeps that page alone. Boards, scripts and data
// come from the network or not at all, so nothing old is ever shown as new.
//
// js/circuit.js registers it with the language and the version of the program in its address: another version or another
// language is another worker, which takes its waiting page anew.
const second = 1000;
// As long as a wall waits for a silent server (js/circuit.js).
const patience = 8 * second;
const betweenLoads = 5 * second;
const address = new URL(location);
const kept = `waiting|${address.searchParams.get('version')}|${address.searchParams.get('lang')}`;
const page = '/wall/waiting.html';
// Boards ask for their tokens by a name with a fingerprint, so this one is the waiting page's own.
const parts = ['/wall/waiting.js', '/wall/waiting.css', '/css/tokens.css'];

self.addEventListener('install', event => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(board(request));
  else if (parts.includes(new URL(request.url).pathname)) event.respondWith(part(request));
  else if (request.destination === 'script' && event.clientId) event.respondWith(script(event));
});

async function keep() {
  const cache = await caches.open(kept);
  await cache.addAll(parts.map(path => new Request(path, { cache: 'reload' })));
  const answer = await fetch(page, { cache: 'reload' });
  if (!answer.ok) throw new Error(`The waiting page was not there: ${answer.status}`);
  const text = (await answer.text()).replace('lang="zh-CN"', `lang="${address.searchParams.get('lang') === 'en' ? 'en' : 'zh-CN'}"`);
  // As the server gave it, its policies and all, but for what told of the bytes on the wire.
  const headers = new Headers(answer.headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'ETag', 'Last-Modified']) headers.delete(name);
  headers.set('Cache-Control', 'no-store');
  await cache.put(page, new Response(text, { headers }));
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith('waiting|') && name !== kept) await caches.delete(name);
}

/** The board as the server gives it; the waiting page for a server that is away, silent, starting or stopping. */
async function board(request) {
  let patient;
  const late = new Promise(resolve => { patient = setTimeout(resolve, patience); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // Nobody there.
  } finally {
    clearTimeout(patient);
  }
  return waiting(page);
}

async function part(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
  } catch {
    // Nobody there.
  }
  return waiting(new URL(request.url).pathname);
}

/** A board whose server died between the document and its scripts cannot help itself: it is loaded anew, but not as fast as can be. */
async function script(event) {
  try {
    return await fetch(event.request);
  } catch (error) {
    event.waitUntil(loadAnew(event.clientId));
    throw error;
  }
}

async function loadAnew(clientId) {
  await new Promise(resolve => setTimeout(resolve, betweenLoads));
  const client = await self.clients.get(clientId);
  await client?.navigate(client.url).catch(() => {});
}

async function waiting(path) {
  return (await (await caches.open(kept)).match(path)) ?? Response.error();
}
