import { Validator } from '@seriousme/openapi-schema-validator';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { call } from './support/http.ts';
import { document, type OpenApi } from './support/openapi.ts';

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

function operations({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => [path, method, operation] as const),
  );
}
