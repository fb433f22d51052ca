#!/bin/sh
# croner 11.0.1 rejects two forms of a cron field that Amazon EventBridge and Quartz accept:
# a step with a start (`5/15`: minute 5 and every 15 minutes after it) and a range that wraps around midnight (`20-2`).
# The equivalent forms `5-59/15` and `20-23,0-2` work. Translate such fields before you hand them to croner.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --silent croner@11.0.1
cat >check.mjs <<'JS'
import { Cron } from 'croner';

const from = new Date('2026-01-05T00:00:00Z');
const next = (pattern) => {
  try {
    return new Cron(pattern, { timezone: 'UTC' }).nextRun(from)?.toISOString();
  } catch (error) {
    return error.constructor.name;
  }
};
const expected = {
  '0 5/15 * * * *': 'TypeError',
  '0 5-59/15 * * * *': '2026-01-05T00:05:00.000Z',
  '0 0 20-2 * * *': 'TypeError',
  '0 0 20-23,0-2 * * *': '2026-01-05T01:00:00.000Z',
};
for (const [pattern, answer] of Object.entries(expected)) {
  const found = next(pattern);
  console.log(`${pattern.padEnd(20)} ${found}`);
  if (found !== answer) throw new Error(`changed: expected ${answer}`);
}
JS
node check.mjs
