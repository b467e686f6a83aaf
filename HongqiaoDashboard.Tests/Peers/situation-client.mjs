// A foreign client of the situation hub, as another program would write it: it knows the contract and nothing of the
// server's code. One process may hold several connections. Driven by JSON lines on standard input, each
// {"id": n, "op": name, ...}; each is answered by one JSON line {"id": n, "result": ...} or {"id": n, "error": text}.
//
//     node situation-client.mjs HUB-ADDRESS [COOKIE]
//
//   open     {client, protocol: "json" | "msgpack", scope}   connects, for ever again when it breaks, and watches the scope
//   watch    {client, scope}                                  watches another scope
//   hammer   {client, scopes, times}                          watches many times in a row without waiting for answers
//   until    {client, ...condition, timeout}                  answers with the state as soon as the condition holds
//   state    {client, copy: bool}                             what the client has seen so far
//   fresh    {client}                                         whether its copy equals a snapshot taken beside it
//   close    {client}

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { faultsOf } from "./situation-contract.mjs";
import { SituationCopy, differenceOf } from "./situation-copy.mjs";

const require = createRequire(import.meta.url);
const signalR = require("@microsoft/signalr");
const { MessagePackHubProtocol } = require("@microsoft/signalr-protocol-msgpack");

const address = process.argv[2];
const cookie = process.argv[3];
const clients = new Map();

class Client {
  constructor(protocol, scope) {
    this.protocol = protocol;
    this.scope = scope;
    this.copy = null;
    this.awaited = new Map();
    this.invocation = 0;
    this.resyncing = false;
    this.listeners = new Set();
    this.stopped = false;
    this.seen = {
      connects: 0, snapshots: 0, deltas: 0, gaps: 0, duplicates: 0, early: 0, foreignEpochs: 0, resyncs: 0,
      heartbeats: 0, wrongHeartbeats: 0, lastHeartbeat: null, heartbeatGaps: [], deltaGaps: [], epochs: [], errors: [], faults: [],
    };
  }

  async open() {
    this.connection = build(this.protocol, (message) => this.read(message));
    this.connection.onclose(() => this.opening || this.again());
    await this.again();
  }

  // Its own loop instead of the library's: it never gives up, and a first connect may fail as well.
  async again() {
    this.opening = true;
    while (!this.stopped) {
      this.copy = null;
      this.resyncing = false;
      this.awaited.clear();
      try {
        await this.connection.start();
        this.seen.connects++;
        await this.watch(this.scope);
        break;
      } catch (error) {
        if (this.connection.state === "Connected") {
          this.seen.errors.push(String(error));
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }
    this.opening = false;
  }

  watch(scope) {
    return this.ask("Watch", scope);
  }

  async ask(method, scope) {
    // The library counts its invocations from 0 on each connection object; so does this, to know the answers on the wire.
    const id = String(this.invocation++);
    this.awaited.set(id, scope ?? null);
    try {
      return await this.connection.invoke(method, scope ?? null);
    } finally {
      this.awaited.delete(id);
    }
  }

  // Everything is taken in here, in the order of the wire: a promise's continuation would run after later messages.
  read(message) {
    if (message.type === 3 && this.awaited.has(message.invocationId) && !message.error) {
      this.scope = this.awaited.get(message.invocationId);
      this.take(message.result);
    } else if (message.type === 1 && message.target === "SituationChanged") {
      this.change(message.arguments[0]);
    } else if (message.type === 1 && message.target === "Heartbeat") {
      this.beat(message.arguments[0]);
    } else {
      return;
    }
    for (const listener of [...this.listeners]) listener();
  }

  take(snapshot) {
    this.note(faultsOf("snapshot", snapshot));
    if (snapshot.scope !== (this.scope ?? null)) this.note([`asked for ${this.scope}, got ${snapshot.scope}`]);
    this.seen.snapshots++;
    this.resyncing = false;
    this.copy = new SituationCopy(snapshot);
    this.meet(snapshot.epoch);
  }

  change(delta) {
    this.note(faultsOf("delta", delta));
    if (this.copy === null) {
      this.seen.early++;
      return;
    }
    if (delta.epoch === this.copy.epoch && delta.fromVersion === this.copy.version) {
      this.copy.apply(delta);
      this.seen.deltas++;
      const now = performance.now();
      if (this.lastDelta !== undefined) this.seen.deltaGaps.push(Math.round(now - this.lastDelta));
      this.lastDelta = now;
      return;
    }
    if (this.resyncing) return;
    if (delta.epoch !== this.copy.epoch) this.seen.foreignEpochs++;
    else if (delta.version <= this.copy.version) this.seen.duplicates++;
    else this.seen.gaps++;
    this.resyncing = true;
    this.seen.resyncs++;
    this.ask("Snapshot", this.scope).catch((error) => this.seen.errors.push(String(error)));
  }

  beat(heartbeat) {
    this.note(faultsOf("heartbeat", heartbeat));
    const now = performance.now();
    if (this.lastBeat !== undefined) this.seen.heartbeatGaps.push(Math.round(now - this.lastBeat));
    this.lastBeat = now;
    this.seen.heartbeats++;
    this.seen.lastHeartbeat = heartbeat;
    if (this.copy && (heartbeat.epoch !== this.copy.epoch || heartbeat.version !== this.copy.version)) this.seen.wrongHeartbeats++;
    if (this.copy && Date.parse(heartbeat.asOf) < Date.parse(this.copy.asOf)) this.seen.wrongHeartbeats++;
  }

  meet(epoch) {
    if (this.seen.epochs.at(-1) !== epoch) this.seen.epochs.push(epoch);
  }

  note(faults) {
    this.seen.faults.push(...faults.slice(0, 20 - this.seen.faults.length));
  }

  state(withCopy) {
    const { copy } = this;
    return {
      ...this.seen, connected: this.connection.state === "Connected", scope: this.scope ?? null, version: copy?.version ?? null,
      epoch: copy?.epoch ?? null, asOf: copy?.asOf ?? null, copy: withCopy ? copy?.picture() ?? null : undefined,
    };
  }

  holds(condition) {
    const figure = condition.figure && this.copy?.figure(condition.figure.key, condition.figure.period);
    return (condition.deltas === undefined || this.seen.deltas >= condition.deltas)
      && (condition.heartbeats === undefined || this.seen.heartbeats >= condition.heartbeats)
      && (condition.connects === undefined || this.seen.connects >= condition.connects)
      && (condition.epochs === undefined || this.seen.epochs.length >= condition.epochs)
      && (!condition.synced || (this.copy !== null && !this.resyncing))
      && (condition.campaign === undefined || this.copy?.lists.campaigns.get(condition.campaign.code)?.done === condition.campaign.done)
      && (condition.figure === undefined || (figure && figure.value >= condition.figure.atLeast));
  }

  until(condition, timeout) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!this.holds(condition)) return;
        clearTimeout(bound);
        this.listeners.delete(look);
        resolve(this.state(false));
      };
      const bound = setTimeout(() => {
        this.listeners.delete(look);
        reject(new Error(`not within ${timeout} ms: ${JSON.stringify(condition)}; ${JSON.stringify(this.state(false))}`));
      }, timeout);
      this.listeners.add(look);
      look();
    });
  }

  async close() {
    this.stopped = true;
    await this.connection.stop();
  }
}

// Passes every message by before the library sees it.
function build(name, read) {
  const protocol = name === "msgpack" ? new MessagePackHubProtocol() : new signalR.JsonHubProtocol();
  const parse = protocol.parseMessages.bind(protocol);
  protocol.parseMessages = (input, logger) => {
    const messages = parse(input, logger);
    messages.forEach(read);
    return messages;
  };
  const connection = new signalR.HubConnectionBuilder().withUrl(address, cookie ? { headers: { Cookie: cookie } } : {}).withHubProtocol(protocol).configureLogging(signalR.LogLevel.None).build();
  connection.on("SituationChanged", () => {});
  connection.on("Heartbeat", () => {});
  return connection;
}

async function fresh(client) {
  const beside = build(client.protocol, () => {});
  await beside.start();
  try {
    for (let attempt = 0; attempt < 50; attempt++) {
      const snapshot = await beside.invoke("Snapshot", client.scope ?? null);
      if (client.copy?.epoch === snapshot.epoch && client.copy.version === snapshot.version) {
        return { version: snapshot.version, difference: differenceOf(client.copy.picture(), new SituationCopy(snapshot).picture()), order: client.copy.orderFault(snapshot) };
      }
    }
    return { version: null, difference: `versions never met: copy ${client.copy?.version}`, order: null };
  } finally {
    await beside.stop();
  }
}

async function hammer(client, scopes, times) {
  const answers = [];
  for (let i = 0; i < times; i++) answers.push(client.watch(scopes[i % scopes.length]));
  const settled = await Promise.allSettled(answers);
  return { answered: settled.filter((s) => s.status === "fulfilled").length, refused: settled.filter((s) => s.status === "rejected").map((s) => String(s.reason)) };
}

async function run(command) {
  if (command.op === "open") {
    const client = new Client(command.protocol, command.scope ?? null);
    clients.set(command.client, client);
    await client.open();
    return client.state(false);
  }
  const client = clients.get(command.client);
  switch (command.op) {
    case "watch": await client.watch(command.scope ?? null); return client.state(false);
    case "hammer": return hammer(client, command.scopes, command.times);
    case "until": return client.until(command, command.timeout);
    case "state": return client.state(command.copy);
    case "fresh": return fresh(client);
    case "close": await client.close(); return {};
    default: throw new Error(`unknown op ${command.op}`);
  }
}

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const command = JSON.parse(line);
  run(command).then((result) => ({ id: command.id, result }), (error) => ({ id: command.id, error: error.message }))
    .then((answer) => process.stdout.write(JSON.stringify(answer) + "\n"));
});
lines.on("close", () => process.exit(0));
