import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EVENT_DEFINITIONS, type EventName } from './index.ts';
import { messageSchema } from './message-schema.ts';

const folder = join(import.meta.dirname, 'testing/earlier');
const names = Object.keys(EVENT_DEFINITIONS) as EventName[];

/**
 * Events as earlier versions published them. They may still be in a queue, or come back from a dead-letter queue after 14
 * days. These files never change; a version that changes an event adds a file.
 */
describe.each(readdirSync(folder))('events of %s', (file) => {
  const published: Record<string, object> = JSON.parse(readFileSync(join(folder, file), 'utf8'));

  it('have a type that is still consumed', () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(published)));
  });

  it.each(Object.entries(published))('%s is still accepted', (name, data) => {
    const { source, ...definition } = EVENT_DEFINITIONS[name as EventName];
    const message = {
      source,
      'detail-type': name,
      detail: { id: 'event-1', occurredAt: '2026-11-01T10:00:00.000Z', data },
    };
    expect(Value.Check(messageSchema({ ...definition, source }), message)).toBe(true);
  });
});
