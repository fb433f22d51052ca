import { type Html, html } from './html.ts';
import type { Schema } from './openapi-types.ts';

/** Deeper fields are omitted. Our schemas are not nested so deeply. */
const MAX_DEPTH = 6;

const LIMITS: readonly [keyword: string, words: (value: unknown) => string][] = [
  ['minimum', (value) => `≥ ${value}`],
  ['maximum', (value) => `≤ ${value}`],
  ['minLength', (value) => `at least ${value} characters`],
  ['maxLength', (value) => `at most ${value} characters`],
  ['minItems', (value) => `at least ${value}`],
  ['maxItems', (value) => `at most ${value}`],
  ['format', (value) => `${value}`],
  ['pattern', (value) => `matches ${value}`],
  ['default', (value) => `default ${JSON.stringify(value)}`],
];

/** The type and limits of a value in a few words: `integer · ≥ 1 · ≤ 100`. */
export function describeSchema(schema: Schema): string {
  const limits = LIMITS.flatMap(([keyword, words]) =>
    schema[keyword] === undefined ? [] : [words(schema[keyword])],
  );
  return [typeName(schema), ...limits].join(' · ');
}

function typeName(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeName))].join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items ? typeName(schema.items) : 'anything'}`;
  return schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ');
}

/** The fields of an object, of an array's items, or of each alternative. Undefined if there are none. */
export function fieldsOf(schema: Schema, depth = 0): Html | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inner = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  if (typeof schema.additionalProperties === 'object') inner.push(schema.additionalProperties);
  const own = Object.entries(schema.properties ?? {});
  if (own.length === 0) {
    const views = inner.flatMap((one) => fieldsOf(one, depth) ?? []);
    return views.length > 0 ? html`${views}` : undefined;
  }
  const required = new Set(schema.required);
  return html`<ul class="fields">${own.map(
    ([name, field]) =>
      html`<li><code>${name}</code>${required.has(name) ? '' : html` <em>optional</em>`}
<span class="kind">${describeSchema(field)}</span>${note(field.description)}${fieldsOf(field, depth + 1)}</li>`,
  )}</ul>`;
}

/** A description as paragraphs, with its inline code and its indented code blocks. Undefined if there is none. */
export function note(text: string | undefined): Html | undefined {
  if (!text) return undefined;
  return html`${text.split('\n\n').map(paragraph)}`;
}

function paragraph(text: string): Html {
  if (text.startsWith('    '))
    return html`<pre><code>${text.replaceAll(/^ {4}/gm, '')}</code></pre>`;
  const parts = text.split('`');
  return html`<p>${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}</p>`;
}
