import { readFile } from 'node:fs/promises';
import type { CreatedResource } from '../kernel.ts';

/** The resources in another cloud, as `npm run deploy -- … --to localstack --write-env` writes. */
export interface ExternalDeployment {
  /** URL of its AWS services. */
  readonly endpoint: string;
  /** Resources by stack and logical id. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, ExternalResource>>>>;
}

export interface ExternalResource {
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads `resources.json`.
 * @throws Error with a one-line message when the file is missing or invalid
 */
export async function readResources(file: string): Promise<ExternalDeployment> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`${file} cannot be read: has the deployment ended?`, { cause });
  });
  const { endpoint, stacks } = JSON.parse(text) as Partial<ExternalDeployment>;
  if (!endpoint || !URL.canParse(endpoint) || typeof stacks !== 'object') {
    throw new Error(`${file} has no endpoint or no stacks: deploy again.`);
  }
  return { endpoint, stacks };
}

/** Returns the identity of an external resource: the values of `Ref` and `Fn::GetAtt`. */
export function externalResource(
  { stacks }: ExternalDeployment,
  stack: string,
  logicalId: string,
): CreatedResource | undefined {
  const found = stacks[stack]?.[logicalId];
  return found && { physicalId: found.physicalId, attributes: found.attributes };
}

/** Returns the stage URL of a stack's REST API, if it has one. */
export function stageUrlOf({ stacks }: ExternalDeployment, stack: string): string | undefined {
  const resources = Object.values(stacks[stack] ?? {});
  return resources.find(({ type }) => type === 'AWS::ApiGateway::RestApi')?.attributes.StageUrl;
}
