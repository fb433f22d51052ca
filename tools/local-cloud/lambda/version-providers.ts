import type { ResourceProvider } from '../kernel.ts';
import type { Functions } from './functions.ts';

const DOCUMENTATION_ONLY = { ignored: 'documentation only' };
const NO_WARM_SANDBOXES = { ignored: 'sandboxes start when they are needed' };

/** A version. A template publishes one per function. */
function versionProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::Version',
    properties: {
      FunctionName: 'honoured',
      CodeSha256: { ignored: 'the artifact comes from the metadata triptych:artifact' },
      Description: DOCUMENTATION_ONLY,
      ProvisionedConcurrencyConfig: NO_WARM_SANDBOXES,
    },
    async create({ properties }) {
      const { name, arn } = functions.find(String(properties.FunctionName)).definition;
      const version = functions.publish(name);
      return {
        physicalId: `${arn}:${version}`,
        attributes: { Version: version, FunctionArn: `${arn}:${version}` },
      };
    },
  };
}

function aliasProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::Alias',
    properties: {
      FunctionName: 'honoured',
      FunctionVersion: 'honoured',
      Name: 'honoured',
      Description: DOCUMENTATION_ONLY,
      ProvisionedConcurrencyConfig: NO_WARM_SANDBOXES,
    },
    async create({ properties }) {
      const alias = String(properties.Name);
      const version = String(properties.FunctionVersion);
      const { name, arn } = functions.named(String(properties.FunctionName), version).definition;
      functions.addAlias(name, alias, version);
      return { physicalId: `${arn}:${alias}`, attributes: { AliasArn: `${arn}:${alias}` } };
    },
  };
}

/** Returns the providers of versions and aliases. */
export function versionProviders(functions: Functions): ResourceProvider[] {
  return [versionProvider(functions), aliasProvider(functions)];
}
