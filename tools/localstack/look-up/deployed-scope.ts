import type { Scope } from '@triptych/local-cloud/templates';
import { accountId, region } from '../aws.ts';

/** A resource that its own service confirms. */
export interface Deployed {
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What a template may refer to once its stack (and those it imports from) is deployed.
 * @param deployed of the stack itself; it may still grow
 */
export function deployedScope(
  stack: string,
  deployed: ReadonlyMap<string, Deployed>,
  exports: ReadonlyMap<string, string>,
): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackName': stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const missing = (what: string): never => {
    throw new Error(`${stack} refers to ${what}, which LocalStack does not have`);
  };
  return {
    ref: (name) => pseudo[name] ?? deployed.get(name)?.physicalId ?? missing(name),
    getAtt: (id, attribute) =>
      deployed.get(id)?.attributes[attribute] ?? missing(`${id}.${attribute}`),
    importValue: (name) => exports.get(name) ?? missing(`the export ${name}`),
    condition: (name) => missing(`condition ${name}`),
    findInMap: (map) => missing(`mapping ${map}`),
    availabilityZones: () => missing('availability zones'),
  };
}
