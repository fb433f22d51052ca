import { readFileSync } from 'node:fs';
import officialSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { EVENT_DEFINITIONS, SUBSCRIPTIONS } from '../index.ts';
import { asyncApiDocument } from './asyncapi-document.ts';

// The document as plain JSON, without the symbol properties of TypeBox schemas.
const document = JSON.parse(JSON.stringify(asyncApiDocument()));
const names = Object.keys(EVENT_DEFINITIONS);
function* references(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === '$ref') yield value as string;
    else yield* references(value);
  }
}

const resolve = (reference: string) =>
  reference
    .slice(2)
    .split('/')
    .reduce((part, key) => part?.[key], document);

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (to: Ajv) => void)(ajv);
    const validate = ajv.compile(officialSchema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has no dangling references', () => {
    const all = [...references(document)];
    expect(all.length).toBeGreaterThan(names.length);
    expect(all.filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  it('lists every event with its publisher and its consumers', () => {
    expect(Object.keys(document.channels)).toEqual(names);
    const operations = Object.keys(document.operations);
    for (const { type, source } of Object.values(EVENT_DEFINITIONS)) {
      expect(operations).toContain(`${source.replace('triptych.', '')}.publishes.${type}`);
    }
    for (const [context, types] of Object.entries(SUBSCRIPTIONS)) {
      for (const name of types) expect(operations).toContain(`${context}.consumes.${name}`);
    }
  });

  it('contains schemas that a JSON Schema validator accepts', () => {
    const { payload } = document.components.messages['order.cancelled'];
    const validate = new Ajv().compile(payload);
    const detail = { id: 'e1', occurredAt: '2026-11-01T10:00:00.000Z' };
    const message = (data: object) => ({
      source: 'triptych.payments',
      'detail-type': 'order.cancelled',
      detail: { ...detail, data },
    });
    expect(validate(message({ orderId: 'o1', reason: 'declined' }))).toBe(true);
    expect(validate(message({ orderId: 'o1', reason: 'declined', more: 1 }))).toBe(true);
    expect(validate(message({ orderId: 'o1', reason: 'bored' }))).toBe(false);
  });

  it('is up to date in docs (after a change, run `npm run asyncapi`)', () => {
    const file = new URL('../../../docs/asyncapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
  });
});
