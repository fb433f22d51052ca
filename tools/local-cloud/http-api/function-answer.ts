/** The HTTP response for a function's result in payload format 2.0. */
export interface FunctionAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

interface Structured {
  statusCode?: unknown;
  headers?: Record<string, unknown>;
  cookies?: unknown[];
  body?: unknown;
  isBase64Encoded?: boolean;
}

function bodyBytes({ body, isBase64Encoded }: Structured): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
}

/**
 * Reads a function's result. An object with `statusCode` is a response, and any other JSON is the
 * body of a 200. Returns undefined for an invalid result. An HTTP API then answers 500, and a
 * function URL 502.
 */
export function functionAnswer(payload: Buffer): FunctionAnswer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const body = typeof value === 'string' ? value : payload;
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body as string),
    };
  }
  const structured = value as Structured;
  const status = Number(structured.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const headers: Record<string, string | string[]> = {};
  for (const [name, content] of Object.entries(structured.headers ?? {})) {
    headers[name.toLowerCase()] = String(content);
  }
  const cookies = structured.cookies?.map(String) ?? [];
  if (cookies.length > 0) {
    const single = headers['set-cookie'];
    headers['set-cookie'] = single ? [...cookies, String(single)] : cookies;
  }
  return { status, headers, body: bodyBytes(structured) };
}
