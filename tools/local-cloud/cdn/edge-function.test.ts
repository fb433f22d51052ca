import { describe, expect, it } from 'vitest';
import { edgeFunction } from './edge-function.ts';

const silent = (): void => {};

describe('edgeFunction', () => {
  it('runs plain and async handlers', () => {
    const plain = edgeFunction('function handler(event) { return { got: event.a }; }', silent);
    const async = edgeFunction(
      'async function handler(event) { await null; return { got: event.a }; }',
      silent,
    );
    expect([plain({ a: 1 }), async({ a: 2 })]).toEqual([{ got: 1 }, { got: 2 }]);
  });

  it('passes on what the function logs', () => {
    const lines: string[] = [];
    edgeFunction('function handler() { console.log("a", 1); return {}; }', (text) => {
      lines.push(text);
    })({});
    expect(lines).toEqual(['a 1']);
  });

  it.each([
    ['throws', 'function handler() { throw new Error("no"); }', /no/],
    ['never ends', 'function handler() { for (;;); }', /timed out/],
    ['never settles', 'function handler() { return new Promise(() => {}); }', /no result/],
    ['reaches for Node', 'function handler() { return process.env; }', /process is not defined/],
  ])('fails when the function %s', (_, source, message) => {
    expect(() => edgeFunction(source, silent)({})).toThrow(message);
  });

  it('refuses a source over 10 KB', () => {
    expect(() => edgeFunction('/'.repeat(11_000), silent)).toThrow('10240 bytes');
  });
});
