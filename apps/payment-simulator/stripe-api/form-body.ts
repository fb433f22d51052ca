import { parse } from 'node:querystring';
import { StripeError } from './stripe-error.ts';

/** Parameters in Stripe's notation: `a=1`, `list[0]=x`, `map[key]=y`. */
export interface FormBody {
  readonly text: Readonly<Record<string, string>>;
  readonly nested: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const MAX_PARAMETERS = 100;
const NAME = /^([a-z_]{1,60})(?:\[([^[\]]{0,40})\])?$/;

/**
 * Parses a form-encoded body with at most one level of brackets. The simulated endpoints need no more.
 * @throws StripeError 400 for an invalid name and for a repeated parameter
 */
export function parseForm(body: string): FormBody {
  const text: Record<string, string> = Object.create(null);
  const nested: Record<string, Record<string, string>> = Object.create(null);
  const pairs = parse(body, '&', '=', { maxKeys: MAX_PARAMETERS });
  for (const [name, value] of Object.entries(pairs)) {
    const [, top, key] = NAME.exec(name) ?? [];
    if (top === undefined || typeof value !== 'string') {
      const message = `Received unknown or repeated parameter: ${name.slice(0, 100)}`;
      const type = 'invalid_request_error';
      throw new StripeError(400, { type, code: 'parameter_unknown', message });
    }
    if (key === undefined) {
      text[top] = value;
    } else {
      nested[top] ??= Object.create(null) as Record<string, string>;
      nested[top][key] = value;
    }
  }
  return { text, nested };
}
