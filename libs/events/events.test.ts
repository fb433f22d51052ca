import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EVENT_DEFINITIONS, type EventName, SUBSCRIPTIONS } from './index.ts';
import { readExamples } from './testing/event-examples.ts';

const names = Object.keys(EVENT_DEFINITIONS) as EventName[];
const examples = await readExamples();

it('there are examples for every event and for nothing else', () => {
  expect(Object.keys(examples).toSorted()).toEqual(names.toSorted());
  for (const { good, bad } of Object.values(examples)) {
    expect(good.length).toBeGreaterThan(0);
    expect(bad.length).toBeGreaterThan(0);
  }
});

describe.each(names)('%s', (name) => {
  const definition = EVENT_DEFINITIONS[name];
  const { good = [], bad = [] } = examples[name] ?? {};

  it('is registered under its own type', () => {
    expect(definition.type).toBe(name);
  });

  it.each(good)('accepts %j', (data) => {
    expect(Value.Check(definition.data, data)).toBe(true);
  });

  it.each(bad)('rejects %j', (data) => {
    expect(Value.Check(definition.data, data)).toBe(false);
  });

  it('is consumed by other contexts only, or by its publisher only', () => {
    const consumers = Object.entries(SUBSCRIPTIONS)
      .filter(([, types]) => (types as readonly string[]).includes(name))
      .map(([context]) => `triptych.${context}`);
    expect(consumers).not.toEqual([]);
    if (definition.toSelf) expect(consumers).toEqual([definition.source]);
    else expect(consumers).not.toContain(definition.source);
  });
});

it.each(Object.entries(SUBSCRIPTIONS))('%s subscribes to known events, each once', (_, types) => {
  expect(names).toEqual(expect.arrayContaining([...types]));
  expect(new Set(types).size).toBe(types.length);
});
