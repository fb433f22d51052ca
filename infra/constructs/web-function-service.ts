import type { ContextName } from '@triptych/context-map';
import { Aws, CfnDeletionPolicy, CfnOutput, type CfnResource, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  WebFunction,
  WebFunctionAuthType,
  WebFunctionCode,
  WebFunctionRuntime,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { artifactHash } from '../artifact-hash.ts';
import { nameArtifact } from '../deployment.ts';
import { codeKey } from './code-bucket.ts';
import { environment, grantNeeds, type ServiceProps } from './environment.ts';
import { sizeOf } from './limits.ts';
import { webFunctionLogs } from './log-group.ts';
import { acknowledgeTraces, allowTraces } from './traces.ts';
import { reads } from './uses.ts';

/** The file that Lambda starts, and that the build writes. By default Lambda starts `index.js`. */
const ENTRY_POINT = 'index.mjs';

interface WebProps extends ServiceProps {
  readonly codeBucketName: string;
  /** What the CDN sends to prove itself. Absent where Lambda checks its signature. */
  readonly edgeSecret?: ISecret | undefined;
}

/**
 * Runs the HTTP of a service as a Lambda Web Function: an ordinary server, whose environments answer many requests at once and
 * end when there are none. Returns the function; its endpoint is `prod`.
 */
export function webFunctionService(stack: Stack, props: WebProps): WebFunction {
  const { deployment, service, codeBucketName, edgeSecret } = props;
  const { settings } = deployment;
  const artifact = deployment.webArtifact(service);
  // Unique in an account across all regions, which is why it has the region.
  const webFunctionName = `${stack.stackName}-${Aws.REGION}`;
  const role = new Role(stack, 'WebRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const logGroup = webFunctionLogs(stack, webFunctionName, role);
  const needs = edgeSecret ? [...props.needs, reads(edgeSecret).as('EDGE_SECRET')] : props.needs;
  grantNeeds({ ...props, needs }, role, 'http');
  allowTraces(role, settings);
  acknowledgeTraces(role, settings);
  const { access, maxEnvironments, rateLimit, newShare, previousRevisions } = settings.web;
  const { http, requestsPerEnvironment } = sizeOf(service);
  const web = new WebFunction(stack, 'Web', {
    webFunctionName,
    runtime: WebFunctionRuntime.NODEJS_24_X,
    entryPoint: ENTRY_POINT,
    // Imported by its name: the policy of the bucket is in the bucket's own stack, which must not depend on this one.
    code: WebFunctionCode.fromBucket(
      Bucket.fromBucketName(stack, 'WebCode', codeBucketName),
      codeKey(service, artifactHash(artifact.folder)),
    ),
    role,
    logGroup,
    timeout: http.timeout,
    ...(requestsPerEnvironment && { maxConcurrencyPerEnvironment: requestsPerEnvironment }),
    environment: {
      ...environment({ ...props, needs }, ({ name, value }) => ({ [`${name}_ARN`]: value })),
      EDGE_ACCESS: access,
      ...largePictures(service, settings.web.largePictures),
    },
    defaultEndpointAuth:
      access === 'iam' ? WebFunctionAuthType.IAM_AUTH : WebFunctionAuthType.APPLICATION_MANAGED,
    defaultEndpoint: { maxEnvironments, rateLimit },
  });
  if (access === 'iam') admitCdn(web);
  nameArtifact(web.resourceRevision, artifact);
  nameParts(web);
  new CfnOutput(stack, 'RevisionId', { value: web.revisionId });
  shareRequests(web, newShare, previousRevisions.get(service));
  return web;
}

/**
 * Gives the resources logical IDs of their own, and the function's bare name to the revision and the endpoint. The CDK writes
 * ARNs, with which, as AWS's agent skill for Web Functions warns, the endpoint has no domain and a rollback fails.
 */
function nameParts({ resource, resourceRevision, endpoint }: WebFunction): void {
  const parts: [CfnResource, string][] = [
    [resource, 'Web'],
    [resourceRevision, 'WebRevision'],
    [endpoint.resource, 'WebEndpoint'],
  ];
  for (const [part, id] of parts) part.overrideLogicalId(id);
  resourceRevision.functionName = resource.functionName;
  endpoint.resource.functionName = resource.functionName;
  // The endpoint may still send requests to a revision that a new one replaces. Lambda deletes the oldest unused of 50.
  resourceRevision.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  resourceRevision.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
}

/** Sends only a share of the requests to the new revision, if the service had one before. */
function shareRequests(
  { endpoint, revisionId }: WebFunction,
  newShare: number,
  previous: string | undefined,
): void {
  if (newShare === 100 || previous === undefined) return;
  endpoint.resource.revisionWeights = [
    { revisionId, weight: newShare },
    { revisionId: previous, weight: 100 - newShare },
  ];
}

function largePictures(service: ContextName, how: string): Record<string, string> {
  return service === 'images' ? { LARGE_RENDITIONS: how } : {};
}

/**
 * Lets the CDNs of this account call the endpoint. The CDN is in a later stack, so its ARN is not known here.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
function admitCdn(web: WebFunction): void {
  web.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['lambda:InvokeWebFunctionEndpoint'],
      resources: [web.endpoint.endpointArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: {
          'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*`,
        },
      },
    }),
  );
}
