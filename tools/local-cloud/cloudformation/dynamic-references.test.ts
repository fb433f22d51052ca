import { describe, expect, it } from 'vitest';
import { withoutReferences, withSecrets } from './dynamic-references.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:edge-AbCdEf';
const secrets = () => ({
  arnOf: (id: string) => (id === ARN || id === 'edge' ? ARN : undefined),
  value: (id: string) => (id === ARN ? 'the value' : `member of ${id.slice(ARN.length)}`),
});
const resolved = (text: string) => withSecrets(text, secrets);

describe('dynamic references', () => {
  it('are replaced by the current value of the secret, at any depth', () => {
    const whole = `{{resolve:secretsmanager:${ARN}:SecretString:::}}`;
    expect(withSecrets({ a: [{ b: `x${whole}y` }], c: 1, d: null }, secrets)).toEqual({
      a: [{ b: 'xthe valuey' }],
      c: 1,
      d: null,
    });
  });

  it('accept a name, no field at all, and the stage AWSCURRENT', () => {
    expect(resolved('{{resolve:secretsmanager:edge}}')).toBe('the value');
    expect(resolved('{{resolve:secretsmanager:edge:SecretString::AWSCURRENT}}')).toBe('the value');
  });

  it('select a member of a JSON secret', () => {
    expect(resolved(`{{resolve:secretsmanager:${ARN}:SecretString:key::}}`)).toBe(
      'member of :key::',
    );
  });

  it.each([
    '{{resolve:ssm:name}}',
    '{{resolve:secretsmanager:edge:SecretString::AWSPREVIOUS}}',
    '{{resolve:secretsmanager:edge:SecretString:::some-version}}',
    '{{resolve:secretsmanager:edge:SecretBinary}}',
  ])('are an error that names them: %s', (reference) => {
    expect(() => resolved(reference)).toThrow(reference);
  });

  it('name a secret that does not exist', () => {
    expect(() => resolved('{{resolve:secretsmanager:other}}')).toThrow('secretsmanager:other');
  });

  it('are rejected where CloudFormation does not resolve them', () => {
    expect(() => withoutReferences({ a: '{{resolve:secretsmanager:edge}}' })).toThrow(
      '{{resolve:secretsmanager:edge}}',
    );
    expect(withoutReferences('text')).toBe('text');
  });
});
