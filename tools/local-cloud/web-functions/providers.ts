import type { ResourceProvider } from '../kernel.ts';
import { checkName, endpointArn, functionArn, revisionArn } from './names.ts';
import { ENDPOINT_PROPERTIES, readEndpoint } from './read-endpoint.ts';
import { REVISION_PROPERTIES, readRevision } from './read-revision.ts';
import type { WebFunctions } from './web-functions.ts';

/** Every resource is usable at once. On AWS the first endpoint takes minutes. */
const ACTIVE = 'Active';

function functionProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunction',
    properties: { FunctionName: 'honoured', Tags: { ignored: 'nothing is billed here' } },
    async create({ stack, logicalId, properties, kernel }) {
      const name = checkName(properties.FunctionName, `${stack}/${logicalId}`);
      functions.add({ name, stack, logicalId, createdAt: new Date() });
      const FunctionArn = functionArn(name, kernel);
      return {
        physicalId: FunctionArn,
        attributes: { FunctionArn, State: ACTIVE },
        stop: async () => functions.remove(name),
      };
    },
  };
}

function revisionProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunctionRevision',
    properties: REVISION_PROPERTIES,
    async create(context) {
      const revision = readRevision(context);
      functions.addRevision(revision);
      const RevisionArn = revisionArn(revision.functionName, revision.id, context.kernel);
      const FunctionArn = functionArn(revision.functionName, context.kernel);
      return {
        physicalId: RevisionArn,
        attributes: { RevisionArn, RevisionId: revision.id, FunctionArn, State: ACTIVE },
        stop: async () => functions.removeRevision(revision),
      };
    },
  };
}

function endpointProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunctionEndpoint',
    properties: ENDPOINT_PROPERTIES,
    async create(context) {
      const definition = readEndpoint(context);
      const { functionName, name } = definition;
      const endpoint = await functions.addEndpoint(definition);
      const EndpointArn = endpointArn(functionName, name, context.kernel);
      const FunctionArn = functionArn(functionName, context.kernel);
      return {
        physicalId: EndpointArn,
        attributes: {
          ...{ DomainName: endpoint.domain, EndpointArn, FunctionArn },
          ...{ State: ACTIVE, UpdateStatus: 'Successful' },
        },
        stop: (graceMs) => functions.removeEndpoint(endpoint, graceMs),
      };
    },
  };
}

/** The providers of the CloudFormation types. `AWS::Lambda::ResourcePolicy` is among those of permissions. */
export function webFunctionProviders(functions: WebFunctions): ResourceProvider[] {
  return [functionProvider(functions), revisionProvider(functions), endpointProvider(functions)];
}
