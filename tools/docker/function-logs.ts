/** A line of a function's log. */
export interface FunctionLine {
  readonly source: string;
  readonly text: string;
}

type Ask = (operation: string, input: object) => Promise<unknown>;

const ANSWER_TIMEOUT_MS = 10_000;
/** Pages read per log group. An order writes a few dozen lines. */
const MAX_PAGES = 5;

/**
 * Reads the log lines of functions from LocalStack's CloudWatch Logs. It uses plain HTTP instead of another SDK client: there
 * are only two operations, and LocalStack does not check signatures.
 * @param prefix of the functions' names
 * @param sinceMs Unix time in milliseconds
 */
export async function functionLines(
  endpointUrl: string,
  prefix: string,
  sinceMs: number,
  ask: Ask = askLogs(endpointUrl),
): Promise<FunctionLine[]> {
  const logGroupNamePrefix = `/aws/lambda/${prefix}`;
  const groups = (await ask('DescribeLogGroups', { logGroupNamePrefix })) as LogGroups;
  const lines: FunctionLine[] = [];
  for (const { logGroupName } of groups.logGroups ?? []) {
    const source = logGroupName.slice('/aws/lambda/'.length);
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const input = {
        logGroupName,
        startTime: Math.floor(sinceMs),
        ...(nextToken && { nextToken }),
      };
      const found = (await ask('FilterLogEvents', input)) as LogEvents;
      for (const { message } of found.events ?? []) {
        for (const text of message.split('\n')) lines.push({ source, text });
      }
      nextToken = found.nextToken;
      if (!nextToken) break;
    }
  }
  return lines;
}

interface LogGroups {
  readonly logGroups?: readonly { readonly logGroupName: string }[];
}

interface LogEvents {
  readonly events?: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/**
 * Calls an operation in AWS JSON 1.1. LocalStack recognizes the service by the target and the scope of the signature. An
 * error response counts as empty, because a log group does not exist until its function runs.
 */
function askLogs(endpointUrl: string): Ask {
  return async (operation, input) => {
    const response = await fetch(endpointUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Logs_20140328.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return response.ok ? response.json() : {};
  };
}
