/** A line that a function wrote. */
export interface FunctionLine {
  readonly source: string;
  readonly text: string;
}

type Ask = (operation: string, input: object) => Promise<unknown>;

const answerTimeoutMs = 10_000;
/** Bounds what one look may fetch: an order writes a few dozen lines. */
const maxPages = 5;

/**
 * What functions wrote since a moment, from LocalStack's CloudWatch Logs. Two reads are not worth a client, and LocalStack
 * checks no signature; a group that is not there yet has no lines.
 * @param prefix of the functions' names
 * @param sinceMs milliseconds since 1970
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
    for (let page = 0; page < maxPages; page += 1) {
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

/** CloudWatch Logs speaks AWS JSON 1.1; the service is chosen by the target and the signature's scope. */
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
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    return response.ok ? response.json() : {};
  };
}
