import { describe, expect, test } from 'vitest';
import { call, eventually } from './support/http.ts';

describe.each(['auth', 'catalog', 'payments', 'images'])('%s', (context) => {
  test('says that it lives and that it is ready', async () => {
    const live = await call('GET', `/${context}/health/live`);
    expect(live.status, live.text).toBe(200);
    // Not ready is also who waits too long for what it needs, as a function that has just started on a busy machine.
    const ready = await eventually(
      () => call('GET', `/${context}/health/ready`),
      ({ status }) => status === 200,
    );
    expect(ready.json).toEqual({ status: 'ready' });
  });
});
