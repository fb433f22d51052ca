import { UserError } from '@triptych/base/user-error';

/** The information that a LocalStack reports about itself. */
export interface LocalStack {
  readonly endpoint: string;
  readonly version: string;
  readonly edition: string;
  /** The processor architecture of its machine, in the terms of CDK and Lambda. */
  readonly architecture: 'arm64' | 'x86_64';
  /** The id of this run. After a restart, LocalStack is empty and has another one. */
  readonly session?: string;
}

/** The last release that requires no token. We rely on its event source mappings, streams and tags. */
const OLDEST_VERSION = '4.14.0';
const ANSWER_TIMEOUT_MS = 5_000;

type Ask = (url: string) => Promise<{ status: number; text: string } | undefined>;

/**
 * Returns the LocalStack at a URL, or undefined if nothing answers.
 * @throws UserError if another server answers, or a LocalStack that is too old
 */
export async function askLocalStack(
  endpoint: string,
  ask: Ask = askOverHttp,
): Promise<LocalStack | undefined> {
  const answer = await ask(`${endpoint}/_localstack/info`);
  if (!answer) return undefined;
  const info = parse(answer.text);
  if (answer.status !== 200 || typeof info?.version !== 'string') {
    throw new UserError(
      `The server at ${endpoint} is not LocalStack (is \`npm start\` running?): stop it, or pass LocalStack's URL with --endpoint.`,
    );
  }
  const { version, edition = 'unknown', system = '', session_id: session } = info;
  if (isOlder(version, OLDEST_VERSION)) {
    throw new UserError(
      `LocalStack ${version} runs at ${endpoint}, but ${OLDEST_VERSION} or newer is needed: docker pull localstack/localstack:${OLDEST_VERSION}`,
    );
  }
  const architecture = /aarch64|arm64/.test(system) ? 'arm64' : 'x86_64';
  return { endpoint, version, edition, architecture, ...(session ? { session } : {}) };
}

/** Whether version `a` is older than `b`; compares three dot-separated numbers. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).map((part) => Number(part) || 0));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

interface Info {
  readonly version?: string;
  readonly edition?: string;
  readonly system?: string;
  readonly session_id?: string;
}

function parse(text: string): Info | undefined {
  try {
    return JSON.parse(text) as Info;
  } catch {
    return undefined;
  }
}

async function askOverHttp(url: string) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}
