// Everything on a page that moves with time alone: its age, its clocks, the time that is left to each promise.
// One timer for the page. Time is the server's, carried on by the browser's steady clock, so a wrong wall clock does no harm.
// That clock may stand still while a machine sleeps; its wall clock does not, so whichever has gone further counts.
import { count } from './count.js';
import { paintAges, paintBars } from './ages.js';

const badges = new Set();
let timer = 0;
let serverAt = Date.now();
let steadyAt = performance.now();
let wallAt = serverAt;

/** The server's present instant, in milliseconds since 1970. */
export function serverNow() {
  return serverAt + Math.max(performance.now() - steadyAt, Date.now() - wallAt);
}

/** Puts a freshness badge to work. Its `beat` takes the instant that the picture is right at and the server's present. */
export function attach(element, options) {
  synchronise(options.now);
  const badge = { element, text: element.querySelector('[data-freshness-text]'), options, freshAt: null };
  badges.add(badge);
  if (!timer) timer = setInterval(tick, 1000);
  count.watch(document.body);
  tick();
  return {
    beat(freshAt, now) {
      synchronise(now);
      badge.freshAt = freshAt;
      show(badge);
      ticking(badge.options);
    },
    dispose() {
      badges.delete(badge);
      if (badges.size > 0) return;
      clearInterval(timer);
      timer = 0;
      count.unwatch();
      delete document.documentElement.dataset.stale;
    },
  };
}

function synchronise(now) {
  serverAt = now;
  steadyAt = performance.now();
  wallAt = Date.now();
}

function tick() {
  for (const badge of badges) show(badge);
  const [first] = badges;
  if (first) ticking(first.options);
}

function show(badge) {
  const { texts, staleAfter } = badge.options;
  const age = badge.freshAt === null ? null : Math.max(0, serverNow() - badge.freshAt);
  const state = age === null ? 'waiting' : age > staleAfter ? 'stale' : 'fresh';
  put(badge.text, state === 'waiting' ? texts.waiting : state === 'fresh' ? texts.fresh : fill(texts.stale, duration(age, texts, true)));
  if (badge.element.dataset.freshness !== state) badge.element.dataset.freshness = state;
  // The whole page may look its age.
  if (state === 'stale') document.documentElement.dataset.stale = 'true';
  else delete document.documentElement.dataset.stale;
  paintAges(badge.freshAt, serverNow(), badge.options, at => clock('time', badge.options.language, badge.options.timeZone).format(at), span => duration(span, texts, true));
}

function ticking({ texts, timeZone, language }) {
  const now = serverNow();
  for (const element of document.querySelectorAll('[data-due]')) {
    const left = Number(element.dataset.due) - now;
    put(element, fill(left >= 0 ? texts.left : texts.over, duration(Math.abs(left), texts, false)));
    const urgency = left < 0 ? 'over' : left < 1_800_000 ? 'soon' : 'calm';
    if (element.dataset.urgency !== urgency) element.dataset.urgency = urgency;
  }
  for (const element of document.querySelectorAll('[data-since]')) put(element, fill(texts.ago, duration(Math.max(0, now - Number(element.dataset.since)), texts, false)));
  paintBars(now);
  for (const element of document.querySelectorAll('[data-clock]')) put(element, clock(element.dataset.clock, language, timeZone).format(now));
}

const formats = new Map();
function clock(kind, language, timeZone) {
  const key = `${kind}|${language}|${timeZone}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language, kind === 'date'
      ? { timeZone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }
      : { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }));
  }
  return formats.get(key);
}

function duration(span, texts, exact) {
  const seconds = Math.floor(span / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86400)];
  if (days > 0) return fill(texts.daysHours, days, hours % 24);
  if (hours > 0) return fill(texts.hoursMinutes, hours, minutes % 60);
  if (exact && minutes > 0) return fill(texts.minutesSeconds, minutes, seconds % 60);
  return exact ? fill(texts.seconds, seconds) : fill(texts.minutes, minutes);
}

function fill(template, ...values) {
  return template.replace(/\{(\d)\}/g, (_, i) => values[i]);
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
