import { Validator } from '@seriousme/openapi-schema-validator';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { call } from './support/http.ts';
import { document, documentedCodes, type OpenApi } from './support/openapi.ts';
import { target } from './support/target.ts';

describe.each(CONTEXT_NAMES)('%s', (context) => {
  test('describes itself in OpenAPI 3 with the routes it serves', async () => {
    const { openapi, info, paths } = await document(context);
    expect(openapi).toMatch(/^3\./);
    expect(info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const listed = Object.keys(paths);
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.every((path) => path.startsWith(`/${context}/`))).toBe(true);
  });

  test('publishes a document that a validator accepts', async () => {
    const whole = await document(context);
    expect(await new Validator().validate({ ...whole })).toMatchObject({ valid: true });
  });

  test('documents the purpose, parameters and responses of each route', async () => {
    for (const [path, name, operation] of operations(await document(context))) {
      expect(operation.summary, `${name} ${path}`).toBeTruthy();
      const answers = Object.keys(operation.responses ?? {});
      expect(answers.length, `${name} ${path}`).toBeGreaterThan(0);
      const declared = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter);
      expect(declared.toSorted(), `${name} ${path}`).toEqual(inPath.toSorted());
    }
  });

  test('names its server, and the error codes of each route', async () => {
    const whole = await document(context);
    const at = `${target.baseUrl}/${context}/openapi.json`;
    const servers = (whole.servers ?? []).map(({ url }) =>
      new URL(url, at).href.replace(/\/$/, ''),
    );
    expect(servers).toContain(target.baseUrl);
    for (const [path, method, operation] of operations(whole)) {
      const statuses = Object.keys(operation.responses ?? {});
      expect(statuses, `${method} ${path}`).not.toContain('default');
      expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(['400', '500', '503']));
      expect(
        statuses.some((status) => /^2/.test(status)),
        `${method} ${path}`,
      ).toBe(true);
      for (const status of statuses.filter((one) => Number(one) >= 400)) {
        const codes = documentedCodes(operation, Number(status));
        expect(codes.length, `${method} ${path} ${status}`).toBeGreaterThan(0);
      }
    }
  });

  test('describes every header that it requires, and the token of every route that needs one', async () => {
    for (const [path, method, operation] of operations(await document(context))) {
      const undescribed = (operation.parameters ?? []).filter(
        ({ in: where, required, description }) => where === 'header' && required && !description,
      );
      expect(undescribed, `${method} ${path}`).toEqual([]);
      const needsToken = documentedCodes(operation, 401).includes('invalid-token');
      const takesToken = !path.includes('/refresh');
      expect(operation.security !== undefined, `${method} ${path}`).toBe(needsToken && takesToken);
    }
  });

  test('contains no dangling reference', async () => {
    const whole = await document(context);
    const references = JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, pointer = ''] of references) {
      const found = pointer
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], whole);
      expect(found, pointer).toBeDefined();
    }
    expect(JSON.stringify(whole)).not.toContain('"def-');
  });

  test('has a documentation page with every route that loads nothing from another origin', async () => {
    const page = await call('GET', `/${context}/docs`);
    expect(page.status, page.text).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toMatch(/<html[^>]* lang="en"/);
    expect(page.text).toMatch(/<title>[^<]+<\/title>/);
    for (const path of Object.keys((await document(context)).paths)) {
      expect(page.text).toContain(path);
    }
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.text).not.toMatch(/ on[a-z]+="|javascript:/i);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src|script-src/);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  });
});

test('an order and a refund need a described Idempotency-Key', async () => {
  const { paths } = await document('payments');
  for (const path of ['/payments/orders', '/payments/orders/{orderId}/refunds']) {
    const key = paths[path]?.post?.parameters?.find(({ name }) => name === 'Idempotency-Key');
    expect(key, path).toMatchObject({ in: 'header', required: true });
    expect(key?.description, path).toBeTruthy();
  }
});

test('an e-mail address has a format and limits', async () => {
  const { paths } = await document('auth');
  const { schema } = paths['/auth/register']?.post?.requestBody?.content['application/json'] ?? {};
  const { email } = (schema?.properties ?? {}) as { email?: unknown };
  expect(email).toMatchObject({ format: 'idn-email', minLength: 3, maxLength: 254 });
});

test('a picture is documented with its types', async () => {
  const { paths } = await document('images');
  const { content } = paths['/images/{imageId}/w{width}.{format}']?.get?.responses?.['200'] ?? {};
  expect(Object.keys(content ?? {})).toEqual(['image/avif', 'image/webp', 'image/jpeg']);
});

function operations({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => [path, method, operation] as const),
  );
}
