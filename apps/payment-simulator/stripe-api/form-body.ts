import { parse } from 'node:querystring';
import { StripeError } from './stripe-error.ts';

/** Parameters as Stripe's clients write them: `a=1`, `list[0]=x`, `map[key]=y`. */
export interface FormBody {
  readonly text: Readonly<Record<string, string>>;
  readonly nested: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const MAX_PARAMETERS = 100;
const NAME = /^([a-z_]{1,60})(?:\[([^[\]]{0,40})\])?$/;

/**
 * Reads a form-encoded body, one level of brackets deep, which is all that the simulated endpoints
 * take.
 * @throws StripeError 400 for names that cannot be parameters, and for parameters that come twice
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
