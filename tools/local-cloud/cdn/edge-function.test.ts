import { PATIENT_MS } from '@triptych/platform/testing/patience';
import { describe, expect, it } from 'vitest';
import { edgeFunction } from './edge-function.ts';

const silent = (): void => {};

describe('edgeFunction', () => {
  it('runs plain and async handlers', () => {
    const plain = edgeFunction(
      'function handler(event) { return { got: event.a }; }',
      silent,
      PATIENT_MS,
    );
    const async = edgeFunction(
      'async function handler(event) { await null; return { got: event.a }; }',
      silent,
      PATIENT_MS,
    );
    expect([plain({ a: 1 }), async({ a: 2 })]).toEqual([{ got: 1 }, { got: 2 }]);
  });

  it('logs the console output of the function', () => {
    const lines: string[] = [];
    const log = (text: string): void => void lines.push(text);
    const source = 'function handler() { console.log("a", 1); return {}; }';
    edgeFunction(source, log, PATIENT_MS)({});
    expect(lines).toEqual(['a 1']);
  });

  it.each([
    ['throws', 'function handler() { throw new Error("no"); }', /no/],
    ['never settles', 'function handler() { return new Promise(() => {}); }', /no result/],
    ['uses Node', 'function handler() { return process.env; }', /process is not defined/],
  ])('fails when the function %s', (_, source, message) => {
    expect(() => edgeFunction(source, silent, PATIENT_MS)({})).toThrow(message);
  });

  it('fails when the function never ends', () => {
    const source = 'function handler() { for (;;); }';
    expect(() => edgeFunction(source, silent, 500)({})).toThrow(/timed out/);
  });

  it('rejects a source over 10 KB', () => {
    expect(() => edgeFunction('/'.repeat(11_000), silent)).toThrow('10240 bytes');
  });
});
