import { resolve, type Scope, type Template } from '@triptych/local-cloud/templates';

/** A container that a template describes: its service's name and its variables. */
export interface TaskEnvironment {
  readonly service: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface Container {
  readonly Name: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
}

/** Colons in the ARN of a secret; what follows them names a part of its value. */
const arnParts = 7;

/**
 * The variables of each container in a template's task definitions. A secret becomes `NAME_ARN`: the service reads it at
 * its start, as functions do.
 * @throws Error when one refers to what is not deployed, or to a part of a secret
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
  if (arn.split(':').length === arnParts) return arn;
  throw new Error(`${arn} is a part of a secret; services read whole ones.`);
}
