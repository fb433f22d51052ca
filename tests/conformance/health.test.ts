import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { call } from './support/http.ts';
import { ready } from './support/readiness.ts';

describe.each(CONTEXT_NAMES)('%s', (context) => {
  test('reports that it is live and ready', async () => {
    const live = await call('GET', `/${context}/health/live`);
    expect(live.status, live.text).toBe(200);
    expect((await ready(context)).json).toEqual({ status: 'ready' });
  });
});
