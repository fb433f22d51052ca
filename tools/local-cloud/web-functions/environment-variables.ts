import { randomBytes } from 'node:crypto';
import type { Kernel } from '../kernel.ts';
import { machineEnvironment } from '../lambda/sandbox-environment.ts';
import type { RevisionDefinition } from './definitions.ts';

/** The address of the metadata service. Nothing answers there on this machine. */
const METADATA_API = '169.254.100.1:9001';

/**
 * The environment of a process: the variables that AWS documents, the credentials of the role, and what the local cloud
 * needs on this machine. `AWS_LAMBDA_FUNCTION_NAME`, `AWS_LAMBDA_LOG_GROUP_NAME`, `_X_AMZN_TRACE_ID` and `PORT` are not
 * among them.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-revisions-env-vars.html
 * @param port the port on which the server must listen. On AWS the host is 0.0.0.0; here only this machine connects
 */
export function environmentVariables(
  { session, variables }: Pick<RevisionDefinition, 'session' | 'variables'>,
  port: number,
  kernel: Pick<Kernel, 'awsEnvironment'>,
): Record<string, string> {
  const { AWS_DEFAULT_REGION: _, ...aws } = kernel.awsEnvironment(session.credentials);
  return {
    ...machineEnvironment(),
    // The clock of AWS's machines. On a laptop the time zone would differ.
    TZ: ':UTC',
    ...aws,
    ...variables,
    AWS_LAMBDA_HTTP_ENDPOINT: `127.0.0.1:${port}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
    AWS_LAMBDA_METADATA_API: METADATA_API,
    AWS_LAMBDA_RUNTIME_API: METADATA_API,
    AWS_LAMBDA_METADATA_TOKEN: randomBytes(24).toString('base64url'),
  };
}
