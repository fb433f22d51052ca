import type { ContextName } from '@triptych/context-map';
import { Aws, type CfnResource, type Stack } from 'aws-cdk-lib';
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
import { environment, type ServiceProps } from './environment.ts';
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
  const logGroup = webFunctionLogs(stack, webFunctionName);
  const role = new Role(stack, 'WebRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  const needs = edgeSecret ? [...props.needs, reads(edgeSecret).as('EDGE_SECRET')] : props.needs;
  for (const need of needs) need.grantTo(role, 'http');
  allowTraces(role, settings);
  acknowledgeTraces(role, settings);
  const { access, maxEnvironments, rateLimit } = settings.web;
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
    timeout: sizeOf(service).http.timeout,
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
  nameArtifact(web.resourceRevision as CfnResource, artifact);
  return web;
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
