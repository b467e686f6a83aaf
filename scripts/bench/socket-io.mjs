// The hub's work done by Socket.IO: four times a second it is handed a picture, finds the way to it from the one before,
// writes it and emits it to its room.  node socket-io.mjs PICTURES
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Server } from 'socket.io';

const firstVersion = 1_000_000;
const { first, second } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const began = Date.parse(first.asOf);
const picture = n => ({ ...(n % 2 === 0 ? first : second), version: firstVersion + n, asOf: new Date(began + 250 * n).toISOString() });

const keys = { kpis: kpi => `${kpi.key} ${kpi.period}`, heat: cell => cell.code, stream: card => card.number, breaches: card => card.number, campaigns: campaign => campaign.code };

function same(one, other) {
  for (const field in other) {
    if (one[field] !== other[field]) {
      return false;
    }
  }
  return true;
}

function compare(before, after, key) {
  if (before === after) {
    return { changed: [], gone: [] };
  }
  const known = new Map(before.map(item => [key(item), item]));
  const changed = [];
  for (const item of after) {
    const id = key(item);
    const old = known.get(id);
    known.delete(id);
    if (old === undefined || (old !== item && !same(old, item))) {
      changed.push(item);
    }
  }
  return { changed, gone: [...known.keys()] };
}

function delta(from, to) {
  const result = { epoch: to.epoch, fromVersion: from.version, version: to.version, asOf: to.asOf, removed: {} };
  for (const list in keys) {
    const { changed, gone } = compare(from[list], to[list], keys[list]);
    result[list] = changed;
    if (list !== 'kpis' && list !== 'heat') {
      result.removed[list] = gone;
    }
  }
  return result;
}

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
let made = 0;
let newest = picture(made++);
io.on('connection', socket => socket.on('watch', answer => {
  socket.join('district');
  answer(newest);
}));

function feed() {
  const next = picture(made++);
  // Nobody there: nothing is found out or written, as in the hub.
  if (io.sockets.adapter.rooms.get('district')?.size > 0) {
    io.to('district').emit('changed', delta(newest, next));
  }
  newest = next;
}

async function feedMany(count, milliseconds) {
  const start = performance.now();
  for (let n = 1; n <= count; n++) {
    feed();
    await new Promise(resolve => setTimeout(resolve, Math.max(0, start + n * milliseconds - performance.now())));
  }
}

http.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${http.address().port}`));
for await (const line of createInterface({ input: process.stdin })) {
  const [, count, milliseconds] = line.split(' ').map(Number);
  await feedMany(count, milliseconds);
  console.log('done');
}
process.exit(0);
