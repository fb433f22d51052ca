import { get } from 'node:http';
import { processEnvironment } from '../config/process-environment.ts';
import type { Credentials } from './sign-request.ts';

/** Where a task on Fargate gets its credentials: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const TASK_ENDPOINT = 'http://169.254.170.2';
const TIMEOUT_MS = 1_000;
/** ECS replaces credentials before they expire. */
const MARGIN_MS = 5 * 60_000;

type Given = ReturnType<typeof processEnvironment.credentials>;

/**
 * Returns a reader of the process's credentials: a function has them in its environment, and a task asks for them and keeps
 * them until shortly before they expire. The SDK's reader would be another module to load in a cold start.
 * The reader throws an Error when there are none, or when ECS does not answer in time.
 */
export function processCredentials(
  given: Given = processEnvironment.credentials(),
  { taskEndpoint = TASK_ENDPOINT, now = Date.now } = {},
): () => Promise<Credentials> {
  const { accessKeyId, secretAccessKey, sessionToken, taskPath: path } = given;
  if (accessKeyId && secretAccessKey) {
    const own = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    return async () => own;
  }
  let kept: { readonly credentials: Credentials; readonly untilMs: number } | undefined;
  return async () => {
    if (kept && now() < kept.untilMs) return kept.credentials;
    if (!path) throw new Error('the process has no credentials');
    const answer = JSON.parse(await read(`${taskEndpoint}${path}`));
    const { AccessKeyId, SecretAccessKey, Token, Expiration } = answer;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: Token,
    };
    kept = { credentials, untilMs: Date.parse(Expiration) - MARGIN_MS };
    return credentials;
  };
}

function read(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(parts).toString()));
    }).on('error', reject);
  });
}
