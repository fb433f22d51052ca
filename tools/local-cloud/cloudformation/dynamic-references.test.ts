import { describe, expect, it } from 'vitest';
import { withSecrets } from './dynamic-references.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:edge-AbCdEf';
const stored: Record<string, string> = { [ARN]: 'long and random', [`${ARN}2`]: '{"key":"v"}' };
const secrets = { value: (arn: string) => stored[arn] ?? '', arnOf: (id: string) => id };

describe('dynamic references', () => {
  it('are replaced wherever they are, with a whole secret or a member of it', () => {
    const given = {
      Headers: [{ HeaderValue: `{{resolve:secretsmanager:${ARN}:SecretString:::}}` }, 1, null],
      Member: `Bearer {{resolve:secretsmanager:${ARN}2:SecretString:key::}}`,
    };
    expect(withSecrets(given, { secrets })).toEqual({
      Headers: [{ HeaderValue: 'long and random' }, 1, null],
      Member: 'Bearer v',
    });
  });

  it('are rejected by name when they refer to anything else', () => {
    const ssm = '{{resolve:ssm:name}}';
    expect(() => withSecrets({ a: ssm }, { secrets })).toThrow(`${ssm} is not supported`);
  });
});
