import type { Services } from '../kernel.ts';

const SECRET = /\{\{resolve:secretsmanager:([^{}]+?):SecretString:([^:{}]*):[^:{}]*:[^:{}]*\}\}/g;

/**
 * Replaces the dynamic references to secrets in resolved properties.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 * @throws Error that names a reference to anything else
 */
export function withSecrets(value: unknown, services: Pick<Services, 'secrets'>): unknown {
  if (typeof value === 'string') return textWithSecrets(value, services);
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, services));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withSecrets(one, services)]),
  );
}

function textWithSecrets(text: string, services: Pick<Services, 'secrets'>): string {
  if (!text.includes('{{resolve:')) return text;
  const replaced = text.replaceAll(SECRET, (_, arn: string, key: string) => {
    const secret = services.secrets.value(arn);
    return key === '' ? secret : String((JSON.parse(secret) as Record<string, unknown>)[key]);
  });
  if (!replaced.includes('{{resolve:')) return replaced;
  throw new Error(`The dynamic reference ${text} is not supported`);
}
