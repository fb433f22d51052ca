import { createHash } from 'node:crypto';
import { DOCS_STYLE } from './docs-style.ts';
import { Html, html } from './html.ts';
import type { Body, OpenApiDocument, Operation, Parameter } from './openapi-types.ts';
import { describeSchema, fieldsOf, note } from './schema-view.ts';

const STYLE_HASH = createHash('sha256').update(DOCS_STYLE).digest('base64');

/** The page's Content-Security-Policy. It allows only the page's own style. */
export const DOCS_POLICY = `default-src 'none';style-src 'sha256-${STYLE_HASH}';base-uri 'none';form-action 'none';frame-ancestors 'none'`;

const PARAMETER_LOCATIONS: readonly [where: string, title: string][] = [
  ['path', 'In the path'],
  ['query', 'In the query'],
  ['header', 'In the headers'],
];

interface RouteView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** An OpenAPI document as an HTML page without scripts that loads nothing. */
export function docsPage(document: OpenApiDocument, jsonPath: string): string {
  const all = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]): RouteView => ({
        id: `${method}${path}`.replaceAll(/[^a-z0-9]+/gi, '-'),
        method,
        path,
        operation,
      }),
    ),
  );
  const { title } = document.info;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – HTTP API</title>
<style>${new Html(DOCS_STYLE)}</style>
</head>
<body>
<header><h1>${title}</h1><p>HTTP API. Also available as an <a href="${jsonPath}">OpenAPI document</a>.</p>${note(document.info.description)}</header>
<nav><ul>${all.map(
    ({ id, method, path }) =>
      html`<li><a href="#${id}"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></a></li>`,
  )}</ul></nav>
<main>${all.map(article)}</main>
<footer>Errors are <code>application/problem+json</code> (RFC 9457); rely on their <code>code</code>.</footer>
</body>
</html>
`.text;
}

function article({ id, method, path, operation }: RouteView): Html {
  const parameters = operation.parameters ?? [];
  const responses = Object.entries(operation.responses ?? {});
  return html`<article id="${id}">
<h2><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>${role(operation)}</h2>
${note(operation.summary)}${note(operation.description)}
${PARAMETER_LOCATIONS.map(([where, title]) =>
  parameterList(
    title,
    parameters.filter((parameter) => parameter.in === where),
  ),
)}
${operation.requestBody ? html`<h3>Body</h3>${content(operation.requestBody)}` : undefined}
<h3>Responses</h3>
${responses.map(([status, body]) =>
  codesOf(body)
    ? undefined
    : html`<details><summary><code>${status}</code> ${body.description}</summary>${content(body)}</details>`,
)}
<details><summary>Errors</summary><ul class="fields">${responses.map(([status, body]) =>
    codesOf(body)?.map((code) => html`<li><code>${status}</code> <code>${code}</code></li>`),
  )}</ul></details>
</article>`;
}

/** The codes of an error response; undefined for other responses. */
function codesOf({ content }: Body): readonly string[] | undefined {
  const code = content?.['application/problem+json']?.schema?.properties?.code;
  return code?.enum as readonly string[] | undefined;
}

function role({ security = [] }: Operation): Html | undefined {
  const roles = security.flatMap((scheme) => Object.values(scheme).flat());
  if (security.length === 0) return undefined;
  return html`<span class="role">${roles.includes('admin') ? 'administrators' : 'signed in'}</span>`;
}

function parameterList(title: string, parameters: readonly Parameter[]): Html | undefined {
  if (parameters.length === 0) return undefined;
  return html`<h3>${title}</h3><ul class="fields">${parameters.map(
    ({ name, required, description, schema = {} }) =>
      html`<li><code>${name}</code>${required && schema.default === undefined ? '' : html` <em>optional</em>`}
<span class="kind">${describeSchema(schema)}</span>${note(description)}</li>`,
  )}</ul>`;
}

function content({ content = {} }: Body): Html {
  return html`${Object.entries(content).map(
    ([type, { schema = {} }]) =>
      html`<p><span class="kind">${type}: ${describeSchema(schema)}</span></p>${fieldsOf(schema)}`,
  )}`;
}
