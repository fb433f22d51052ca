import { resourcesOf, type StackTemplate } from '../../complexity/stack-template.ts';
import { secretVariables } from '../secret-variables.ts';

export interface WebFunctionInventory {
  readonly service: string;
  readonly maxEnvironments: number;
  readonly secrets: number;
}

export const WEB_ENDPOINT = 'AWS::Lambda::WebFunctionEndpoint';
/** The highest limit that AWS accepts (schema of AWS::Lambda::WebFunctionEndpoint in cfn-lint 1.58.0). */
const MOST_ENVIRONMENTS = 10_000;

/** Reads the Web Functions from their endpoints. An endpoint has one revision, or two during a rollout, which share traffic. */
export function webFunctionsOf(stacks: readonly StackTemplate[]): WebFunctionInventory[] {
  return resourcesOf(stacks, WEB_ENDPOINT).map(({ stack, properties }) => {
    const scaling = properties.ScalingConfig as { readonly MaxEnvironments?: number } | undefined;
    const [revision] = resourcesOf([stack], 'AWS::Lambda::WebFunctionRevision');
    const config = (revision?.properties.ServiceConfig ?? {}) as {
      readonly EnvironmentVariables?: Record<string, unknown>;
    };
    return {
      service: stack.part,
      maxEnvironments: Number(scaling?.MaxEnvironments ?? MOST_ENVIRONMENTS),
      secrets: secretVariables(config.EnvironmentVariables ?? {}),
    };
  });
}
