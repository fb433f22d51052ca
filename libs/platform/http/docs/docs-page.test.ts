import { describe, expect, it } from 'vitest';
import { DOCS_POLICY, docsPage } from './docs-page.ts';
import type { OpenApiDocument } from './openapi-types.ts';

const document: OpenApiDocument = {
  info: { title: 'Catalog <of things>' },
  paths: {
    '/catalog/products/{id}': {
      patch: {
        summary: 'Change a product',
        description:
          'Only if "this" version is `current`.\n\n    const a = \'<b>\';\n    const c = a;',
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
          202: { description: 'Accepted' },
          404: {
            description: 'Not Found',
            content: {
              'application/problem+json': {
                schema: { properties: { code: { enum: ['not-found', 'gone'] } } },
              },
            },
          },
        },
      },
    },
    '/catalog/products': { get: { security: [{ accessToken: [] }], responses: {} } },
  },
};
const page = docsPage(document, '/catalog/openapi.json');

describe('the docs page', () => {
  it('shows every operation: path, required role, parameters, body, responses and errors', () => {
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
      '<code>404</code> <code>not-found</code>',
      '<code>404</code> <code>gone</code>',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('shows code in descriptions', () => {
    expect(page).toContain('version is <code>current</code>.</p>');
    expect(page).toContain('<pre><code>const a = &#39;&lt;b&gt;&#39;;\nconst c = a;</code></pre>');
  });

  it('links to each operation', () => {
    const links = [...page.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toHaveLength(2);
    for (const id of links) expect(page).toContain(`<article id="${id}">`);
  });

  it('escapes the contents of the document', () => {
    expect(page).toContain('<title>Catalog &lt;of things&gt; – HTTP API</title>');
    expect(page).toContain('if &quot;this&quot; version');
  });

  it('has no scripts and loads nothing, and its policy allows only its style', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)|src=|https?:|style="|\son\w+=/);
    expect(DOCS_POLICY).toMatch(/^default-src 'none';style-src 'sha256-[\w+/=]+'/);
    expect(DOCS_POLICY).not.toContain('unsafe');
  });
});
