import { estimatedLength } from './estimate-length.ts';
import { artifactOf } from './lambda-quotas.ts';
import { perResource, type Quota } from './quota.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg/web-functions';
const REVISION = 'AWS::Lambda::WebFunctionRevision';

/**
 * Quotas of Lambda Web Functions. The values come from AWS's agent skill `aws-lambda-web-functions`, read on 2026-11-30, because
 * the tables of the pages could not be read. The 2,000 vCPUs of an account are left out, because AWS can raise them.
 */
export const WEB_FUNCTION_QUOTAS: readonly Quota[] = [
  {
    name: 'bytes of the variables of a Web Function',
    atMost: 32 * 1024,
    page: `${GUIDE}-revisions-env-vars.html`,
    measure: perResource(REVISION, ({ properties }) =>
      estimatedLength(properties.ServiceConfig?.EnvironmentVariables ?? {}),
    ),
  },
  {
    name: 'bytes of an unzipped package of a Web Function',
    atMost: 512 * 1024 * 1024,
    page: `${GUIDE}-code-s3.html`,
    measure: artifactOf(REVISION),
  },
  {
    name: 'seconds of timeout of a Web Function',
    atMost: 900,
    page: `${GUIDE}-revisions.html`,
    measure: perResource(REVISION, ({ properties }) => properties.ServiceConfig?.TimeoutSeconds),
  },
];
