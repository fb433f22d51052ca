#!/bin/sh
# Value.Convert of typebox 1.4.3 converts more than the spelling of a number. An empty string and null become 0, "1.5" becomes
# the integer 1, and "true" becomes 1. A query string such as `?limit=` or `?limit=1.5` would then pass a schema that it violates.
# Convert query strings yourself, or compare the converted value with the text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --silent typebox@1.4.3
cat >check.mjs <<'JS'
import { Type } from 'typebox';
import Value from 'typebox/value';

const expected = [
  ['', 0],
  [null, 0],
  ['1.5', 1],
  ['true', 1],
  ['0x10', 16],
  ['seven', 'seven'],
];
for (const [text, answer] of expected) {
  const found = Value.Convert(Type.Integer(), text);
  console.log(`${JSON.stringify(text).padEnd(8)} ${JSON.stringify(found)}`);
  if (found !== answer) throw new Error(`changed: expected ${JSON.stringify(answer)}`);
}
JS
node check.mjs
