// What a calendar says that other people keep (the package chinese-days): for every day from FIRST to LAST a line
// {"day", "worked", "next"}, next being the first, fifth and twentieth working day after it.
//
//     node chinese-days.mjs FIRST LAST

import { createRequire } from "node:module";

const { isWorkday } = createRequire(import.meta.url)("chinese-days");
const [first, last] = process.argv.slice(2);
const dayAfter = day => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

for (let day = first; day <= last; day = dayAfter(day)) {
  const next = [];
  for (let after = dayAfter(day), seen = 0; seen < 20; after = dayAfter(after)) {
    if (isWorkday(after) && [1, 5, 20].includes(++seen)) {
      next.push(after);
    }
  }
  console.log(JSON.stringify({ day, worked: isWorkday(day), next }));
}
