import { UserError } from '@triptych/base/user-error';

/** What a LocalStack says of itself. */
export interface LocalStack {
  readonly endpoint: string;
  readonly version: string;
  readonly edition: string;
  /** Processor of the machine it runs on, as CDK and Lambda call it. */
  readonly architecture: 'arm64' | 'x86_64';
}

/** The last release that needs no token; its event source mappings, streams and tags are what we rely on. */
const oldestVersion = '4.14.0';
const answerTimeoutMs = 5_000;

type Ask = (url: string) => Promise<{ status: number; text: string } | undefined>;

/**
 * The LocalStack at an address, or undefined where nothing answers.
 * @throws UserError when something else answers there, or one that is too old
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
      `What answers at ${endpoint} is not LocalStack (does \`npm start\` run?): stop it, or name LocalStack's address with --endpoint.`,
    );
  }
  const { version, edition = 'unknown', system = '' } = info;
  if (isOlder(version, oldestVersion)) {
    throw new UserError(
      `LocalStack ${version} runs at ${endpoint}, but ${oldestVersion} or newer is needed: docker pull localstack/localstack:${oldestVersion}`,
    );
  }
  const architecture = /aarch64|arm64/.test(system) ? 'arm64' : 'x86_64';
  return { endpoint, version, edition, architecture };
}

/** Whether version `a` (numbers with dots) comes before `b`. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).map((part) => Number(part) || 0));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function parse(text: string): { version?: string; edition?: string; system?: string } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function askOverHttp(url: string) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}
