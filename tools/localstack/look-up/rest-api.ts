import {
  GetDeploymentCommand,
  GetGatewayResponseCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import { stageUrl } from '../synth-settings.ts';
import { type LookUp, type Reported, required } from './look-up.ts';

const apiOf = ({ property }: Reported) => ({ restApiId: String(property('RestApiId')) });

/** Adds the URL of the stage once the release stack has created it. */
export const restApi: LookUp = async ({ apiGateway, endpoint }, { physicalId: restApiId }) => {
  const { rootResourceId } = await apiGateway.send(new GetRestApiCommand({ restApiId }));
  const { item: stages = [] } = await apiGateway.send(new GetStagesCommand({ restApiId }));
  const stage = stages[0]?.stageName;
  return {
    RestApiId: restApiId,
    RootResourceId: required(rootResourceId, 'root resource'),
    ...(stage && { StageName: stage, StageUrl: stageUrl(endpoint, restApiId, stage) }),
  };
};

export const resource: LookUp = async ({ apiGateway }, reported) => {
  const resourceId = reported.physicalId;
  await apiGateway.send(new GetResourceCommand({ ...apiOf(reported), resourceId }));
  return { ResourceId: resourceId };
};

/** Checks a method and that it has an integration. */
export const method: LookUp = async ({ apiGateway }, reported) => {
  const { methodIntegration } = await apiGateway.send(
    new GetMethodCommand({
      ...apiOf(reported),
      resourceId: String(reported.property('ResourceId')),
      httpMethod: String(reported.property('HttpMethod')),
    }),
  );
  if (!methodIntegration) throw new Error('it has no integration');
  return {};
};

export const gatewayResponse: LookUp = async ({ apiGateway }, reported) => {
  const responseType = reported.property('ResponseType') as 'DEFAULT_4XX';
  await apiGateway.send(new GetGatewayResponseCommand({ ...apiOf(reported), responseType }));
  return {};
};

export const deployment: LookUp = async ({ apiGateway }, reported) => {
  const deploymentId = reported.physicalId;
  await apiGateway.send(new GetDeploymentCommand({ ...apiOf(reported), deploymentId }));
  return { DeploymentId: deploymentId };
};

/** Checks a stage and that it serves the deployment in the template. */
export const stage: LookUp = async ({ apiGateway }, reported) => {
  const stageName = String(reported.property('StageName'));
  const found = await apiGateway.send(new GetStageCommand({ ...apiOf(reported), stageName }));
  const wanted = reported.property('DeploymentId');
  if (found.deploymentId === wanted) return {};
  throw new Error(`it serves deployment ${found.deploymentId}, not ${wanted}`);
};
