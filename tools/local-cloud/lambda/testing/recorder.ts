import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComputeCloud } from './compute-cloud.ts';

/**
 * Creates a function that records its batches in a file and then runs `body`, which can use `event`
 * and `attempt` (from 1).
 */
export async function recorder(
  cloud: ComputeCloud,
  logicalId: string,
  body = '',
): Promise<{ functionName: string; batches(): { Records: Record<string, unknown>[] }[] }> {
  const file = join(cloud.kernel.root, `${logicalId}.ndjson`);
  const source = `import { appendFileSync, readFileSync } from 'node:fs';
    export const http = async (event) => {
      appendFileSync(${JSON.stringify(file)}, JSON.stringify(event) + '\\n');
      const attempt = readFileSync(${JSON.stringify(file)}, 'utf8').trim().split('\\n').length;
      ${body}
    };`;
  const functionName = await cloud.function(logicalId, source);
  return {
    functionName,
    batches: () =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            // The text after the last line break is empty or a line that is still being written.
            .slice(0, -1)
            .map((line) => JSON.parse(line))
        : [],
  };
}

/** Creates and starts an event source mapping. */
export async function map(
  cloud: ComputeCloud,
  EventSourceArn: string,
  FunctionName: string,
  properties: Record<string, unknown> = {},
): Promise<{ stop(): Promise<void> }> {
  const all = { EventSourceArn, FunctionName, ...properties };
  const created = await cloud.create('AWS::Lambda::EventSourceMapping', 'Mapping', all);
  await created.start?.();
  return { stop: async () => created.stop?.(1000) };
}
