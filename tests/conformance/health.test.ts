import { describe, expect, test } from 'vitest';
import { call } from './support/http.ts';

describe.each(['auth', 'catalog', 'payments', 'images'])('%s', (context) => {
  test('says that it lives and that it is ready', async () => {
    const live = await call('GET', `/${context}/health/live`);
    const ready = await call('GET', `/${context}/health/ready`);
    expect([live.status, ready.status], `${live.text} ${ready.text}`).toEqual([200, 200]);
  });

  test('describes itself in OpenAPI 3 with the routes it serves', async () => {
    const answer = await call<{ openapi: string; paths: Record<string, unknown> }>(
      'GET',
      `/${context}/openapi.json`,
    );
    expect(answer.status).toBe(200);
    expect(answer.json.openapi).toMatch(/^3\./);
    const paths = Object.keys(answer.json.paths);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.every((path) => path.startsWith(`/${context}/`))).toBe(true);
  });
});
