import { AwsError } from '../kernel.ts';
import { principalName } from './principals.ts';
import type { Denied, PolicyKind } from './types.ts';

/** How a service reports what it does not allow. */
interface Wording {
  readonly code: string;
  readonly status: number;
  readonly unknownKey: { readonly code: string; readonly status: number; readonly text: string };
  /** How the message writes the action and the resource. The default is as they are. */
  readonly action?: (action: string) => string;
  readonly resource?: (arn: string) => string;
}

const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** Services whose protocol is JSON: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html */
const JSON_SERVICE: Wording = {
  code: 'AccessDeniedException',
  status: 400,
  unknownKey: { code: 'UnrecognizedClientException', status: 400, text: INVALID_TOKEN },
};
/** Services whose protocol is awsQuery: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
const QUERY_SERVICE: Wording = {
  code: 'AccessDenied',
  status: 403,
  unknownKey: { code: 'InvalidClientTokenId', status: 403, text: INVALID_TOKEN },
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const LAMBDA: Wording = {
  ...JSON_SERVICE,
  status: 403,
  unknownKey: { ...JSON_SERVICE.unknownKey, status: 403 },
};

const WORDINGS: Readonly<Record<string, Wording>> = {
  cloudformation: QUERY_SERVICE,
  sts: QUERY_SERVICE,
  // SQS answers like a query service in its JSON protocol too, and writes its actions in lower
  // case, as in https://github.com/aws/serverless-application-model/issues/3633.
  sqs: { ...QUERY_SERVICE, action: (action) => action.toLowerCase() },
  lambda: LAMBDA,
  'lambda-web': LAMBDA,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
  s3: {
    code: 'AccessDenied',
    status: 403,
    resource: (arn) => `"${arn}"`,
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    unknownKey: {
      code: 'InvalidAccessKeyId',
      status: 403,
      text: 'The AWS Access Key Id you provided does not exist in our records.',
    },
  },
};

/** SQS has a code of its own: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors */
const QUEUE_KEY = { code: 'KmsAccessDenied', status: 400 };

/** The kinds of policies as AWS names them. */
const KINDS: Readonly<Record<PolicyKind, { article: string; name: string }>> = {
  identity: { article: 'an', name: 'identity-based policy' },
  resource: { article: 'a', name: 'resource-based policy' },
  trust: { article: 'the', name: 'role trust policy' },
};

/**
 * The error of a service for a denied request, in AWS's format: principal, action, resource and the
 * kind of policy that denied it or did not allow it. The endpoint serializes it in the service's
 * protocol.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @param service the service that was called, if another one denied the request, as KMS does
 */
export function deniedError(denied: Denied, service = serviceOf(denied)): AwsError {
  const isKey = serviceOf(denied) === 'kms';
  const { code, status } = isKey && service === 'sqs' ? QUEUE_KEY : wordingOf(service);
  return new AwsError(code, deniedMessage(denied), status);
}

/** The message of {@link deniedError}. Calls inside the local cloud log it. */
export function deniedMessage(denied: Denied): string {
  const { principal, resource } = denied.request;
  const wording = wordingOf(serviceOf(denied));
  const action = wording.action?.(denied.request.action) ?? denied.request.action;
  const on = resource === '*' ? '' : ` on resource: ${wording.resource?.(resource) ?? resource}`;
  return `User: ${principalName(principal)} is not authorized to perform: ${action}${on} ${reason(denied, action)}`;
}

function reason({ by, missing }: Denied, action: string): string {
  const { article, name } = KINDS[by?.kind ?? missing];
  if (by) return `with an explicit deny in ${article} ${name}`;
  return missing === 'trust'
    ? `because ${article} ${name} does not allow the ${action} action`
    : `because no ${name} allows the ${action} action`;
}

/** The error of a service for a request signed with an access key that does not exist. */
export function unknownKeyError(service: string): AwsError {
  const { code, status, text } = wordingOf(service).unknownKey;
  return new AwsError(code, text, status);
}

/**
 * The response of a function URL to a request that is not allowed. It names no principal.
 * https://github.com/awsdocs/aws-lambda-developer-guide/issues/494 shows a response.
 */
export function functionUrlForbidden() {
  const Message =
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  return {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    body: Buffer.from(JSON.stringify({ Message })),
  };
}

/** The prefix of an action is the name of its service in a credential scope. */
function serviceOf({ request }: Denied): string {
  return request.action.slice(0, request.action.indexOf(':'));
}

function wordingOf(service: string): Wording {
  return WORDINGS[service] ?? JSON_SERVICE;
}
