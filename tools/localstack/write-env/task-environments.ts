import { resolve, type Scope, type Template } from '@triptych/local-cloud/templates';

/** The service name and the variables of a container in a template. */
export interface TaskEnvironment {
  readonly service: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface Container {
  readonly Name: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
}

/** Parts of a whole secret's ARN, separated by colons. Further parts select a key of its value. */
const ARN_PARTS = 7;

/**
 * Returns the variables of each container in a template's task definitions. A secret becomes `NAME_ARN`; the service reads
 * the secret when it starts, as functions do.
 * @throws Error if a variable refers to a resource that is not deployed, or to one key of a secret
 */
export function taskEnvironments(template: Template, scope: Scope): TaskEnvironment[] {
  return Object.values(template.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')
    .flatMap(({ Properties }) => (Properties?.ContainerDefinitions ?? []) as Container[])
    .map(({ Name, Environment = [], Secrets = [] }) => ({
      service: Name,
      variables: Object.fromEntries([
        ...Environment.map((one) => [one.Name, String(resolve(one.Value, scope))]),
        ...Secrets.map((one) => [`${one.Name}_ARN`, wholeSecret(resolve(one.ValueFrom, scope))]),
      ]),
    }));
}

function wholeSecret(valueFrom: unknown): string {
  const arn = String(valueFrom);
  if (arn.split(':').length === ARN_PARTS) return arn;
  throw new Error(`${arn} is part of a secret, but services read whole secrets.`);
}
