import { describe, expect, it } from 'vitest';
import { docsPage, docsPolicy } from './docs-page.ts';
import type { OpenApiDocument } from './openapi-types.ts';

const document: OpenApiDocument = {
  info: { title: 'Catalog <of things>' },
  paths: {
    '/catalog/products/{id}': {
      patch: {
        summary: 'Change a product',
        description: 'Only if it is still "this" version.',
        security: [{ accessToken: ['admin'] }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string', pattern: '^[a-z]+$' },
          },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, default: 20 } },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['lines'],
                properties: {
                  lines: {
                    type: 'array',
                    maxItems: 40,
                    items: {
                      type: 'object',
                      properties: { quantity: { type: 'integer', description: 'How many.' } },
                    },
                  },
                  mode: { anyOf: [{ const: 'a' }, { const: 'b' }] },
                },
              },
            },
          },
        },
        responses: {
          200: { description: 'Changed' },
          202: { description: 'Default Response' },
          default: {
            description: 'Any error',
            content: { 'application/problem+json': { schema: { type: 'object' } } },
          },
        },
      },
    },
    '/catalog/products': { get: { security: [{ accessToken: [] }], responses: {} } },
  },
};
const page = docsPage(document, '/catalog/openapi.json');

describe('the page about an API', () => {
  it('shows every operation: path, who may call it, parameters, body, answers and errors', () => {
    for (const part of [
      'PATCH</span> <code>/catalog/products/{id}</code>',
      'GET</span> <code>/catalog/products</code>',
      'administrators',
      'signed in',
      'Change a product',
      'string · matches ^[a-z]+$',
      '<code>limit</code> <em>optional</em>\n<span class="kind">integer · ≥ 1 · default 20',
      '<code>lines</code>',
      'list of object · at most 40',
      '<code>quantity</code> <em>optional</em>',
      'How many.',
      '&quot;a&quot; or &quot;b&quot;',
      '<code>200</code> Changed',
      '<code>202</code> Accepted',
      '<code>errors</code> Any error',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('links from its list to each operation', () => {
    const links = [...page.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toHaveLength(2);
    for (const id of links) expect(page).toContain(`<article id="${id}">`);
  });

  it('escapes what comes from the document', () => {
    expect(page).toContain('<title>Catalog &lt;of things&gt; – HTTP API</title>');
    expect(page).toContain('still &quot;this&quot; version');
  });

  it('loads nothing and runs nothing, and its policy allows no more than its style', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)|src=|https?:|style="|\son\w+=/);
    expect(docsPolicy).toMatch(/^default-src 'none';style-src 'sha256-[\w+/=]+'/);
    expect(docsPolicy).not.toContain('unsafe');
  });
});
