import { describe, expect, test } from 'vitest';
import { call } from './support/http.ts';

describe.each(['auth', 'catalog', 'payments', 'images'])('%s', (context) => {
  test('says that it lives and that it is ready', async () => {
    const live = await call('GET', `/${context}/health/live`);
    const ready = await call('GET', `/${context}/health/ready`);
    expect([live.status, ready.status], `${live.text} ${ready.text}`).toEqual([200, 200]);
  });
});
