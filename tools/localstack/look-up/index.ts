import type { Template } from '@triptych/local-cloud/templates';
import { resolve, type Scope } from '@triptych/local-cloud/templates';
import { isUseful } from '../filter/supported-types.ts';
import type { Clients } from './clients.ts';
import { bucket, secret, table } from './data.ts';
import { type Deployed, deployedScope } from './deployed-scope.ts';
import { eventSourceMapping, functionUrl, lambdaFunction } from './functions.ts';
import type { LookUp } from './look-up.ts';
import { eventBus, queue, rule } from './messages.ts';
import { deployment, gatewayResponse, method, resource, restApi, stage } from './rest-api.ts';

export { type Clients, openClients } from './clients.ts';
export { type Deployed, deployedScope } from './deployed-scope.ts';

/** The look-up of each useful type. Types whose properties refer to attributes of others come last. */
export const lookUps: Readonly<Record<string, LookUp>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::S3::Bucket': bucket,
  'AWS::SQS::Queue': queue,
  'AWS::Events::EventBus': eventBus,
  'AWS::SecretsManager::Secret': secret,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Events::Rule': rule,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
  'AWS::ApiGateway::Resource': resource,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::Stage': stage,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Url': functionUrl,
};

/** A resource that CloudFormation reported but its own service does not have. */
export interface Missing {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * Looks up every resource of a deployed stack in its own service. For roles, policies and the like, CloudFormation's report
 * is enough.
 * @param ids the physical ids that CloudFormation reports, by logical id
 * @param exports the exports of all deployed stacks
 */
export async function lookUpStack(
  clients: Clients,
  { name, template }: { name: string; template: Template },
  ids: ReadonlyMap<string, string>,
  exports: ReadonlyMap<string, string>,
): Promise<{ deployed: Map<string, Deployed>; missing: Missing[] }> {
  const deployed = new Map<string, Deployed>();
  const missing: Missing[] = [];
  const scope = deployedScope(name, deployed, exports);
  const resources = Object.entries(template.Resources ?? {}).map(
    ([logicalId, { Type, Properties = {} }]) => ({
      logicalId,
      type: Type,
      properties: Properties,
      physicalId: ids.get(logicalId),
    }),
  );
  for (const { logicalId, type, physicalId } of resources) {
    if (physicalId) deployed.set(logicalId, { type, physicalId, attributes: {} });
    else if (isUseful(type)) {
      missing.push({ stack: name, logicalId, type, reason: 'CloudFormation reports no id for it' });
    }
  }
  for (const [type, lookUp] of Object.entries(lookUps)) {
    await Promise.all(
      resources
        .filter((one) => one.type === type && one.physicalId !== undefined)
        .map(async ({ logicalId, properties, physicalId = '' }) => {
          try {
            const property = propertyResolver(properties, scope);
            const attributes = await lookUp(clients, { physicalId, property });
            deployed.set(logicalId, { type, physicalId, attributes });
          } catch (error) {
            deployed.delete(logicalId);
            missing.push({ stack: name, logicalId, type, reason: (error as Error).message });
          }
        }),
    );
  }
  return { deployed, missing };
}

function propertyResolver(properties: Readonly<Record<string, unknown>>, scope: Scope) {
  return (name: string) => resolve(properties[name], scope);
}

/** Describes missing resources in one line. */
export function describeMissing(missing: readonly Missing[]): string {
  const named = missing.map(
    ({ stack, logicalId, type, reason }) => `${stack}/${logicalId} (${type}): ${reason}`,
  );
  return `LocalStack reports a complete deployment, but resources are missing: ${named.join('; ')}`;
}
