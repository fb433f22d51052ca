import { setTimeout as sleep } from 'node:timers/promises';
import { createKernel } from '@triptych/local-cloud/create-kernel';
import { createLambda } from '@triptych/local-cloud/lambda';
import { cpuOfProcessMs } from './cpu-of-process.ts';

/** A function's first answer, measured from the start of its process. */
export interface FirstAnswer {
  readonly wallMs: number;
  /** CPU time of the function's process; undefined if the system does not report it. */
  readonly cpuMs: number | undefined;
  readonly answer: { statusCode: number; body: string; marks?: Marks };
}

/** A milestone of the traced function with its time; `cpuMs` is counted from process start. */
export type Marks = Record<Milestone, { readonly atMs: number; readonly cpuMs: number }>;
export type Milestone =
  | 'loaded'
  | 'evaluated'
  | 'wired'
  | 'prepared'
  | 'called'
  | 'answered'
  | 'answeredAgain';

export interface FunctionHost {
  /** Deploys a function. `folder` is relative to the repository. */
  add(name: string, folder: string, variables: Record<string, string>): Promise<void>;
  /** Starts a process for the function and ends it after its first answer. */
  firstAnswer(name: string, event: Buffer): Promise<FirstAnswer>;
  stop(): Promise<void>;
}

const MEMORY_MB = 1024;
const END_TIMEOUT_MS = 5000;

/** Runs only the Lambda service of the local cloud. Functions find AWS at `endpointUrl`. */
export function functionHost(root: string, endpointUrl: string): FunctionHost {
  const owned = createKernel({ root });
  owned.listening(Number(new URL(endpointUrl).port));
  const { kernel } = owned;
  const lambda = createLambda(kernel);
  const provider = lambda.providers.find(({ type }) => type === 'AWS::Lambda::Function');
  return {
    async add(name, folder, variables) {
      await provider?.create({
        stack: 'bench',
        logicalId: name,
        properties: {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.http',
          Timeout: 15,
          MemorySize: MEMORY_MB,
          Environment: { Variables: variables },
        },
        metadata: { 'triptych:artifact': folder },
        kernel,
      });
    },
    async firstAnswer(name, event) {
      const started = performance.now();
      const { payload, functionError } = await lambda.invoke(name, event);
      const wallMs = performance.now() - started;
      const pid = lambda.processes().find(({ source }) => source === name)?.pid;
      const cpuMs = pid === undefined ? undefined : cpuOfProcessMs(pid);
      const text = payload.toString();
      if (functionError) throw new Error(`${name} failed: ${text}`);
      lambda.kill(name);
      await gone(() => lambda.processes().length === 0);
      return { wallMs, cpuMs, answer: JSON.parse(text) };
    },
    stop: () => lambda.stop(END_TIMEOUT_MS),
  };
}

async function gone(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + END_TIMEOUT_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the process of a function did not end');
    await sleep(5);
  }
}
