import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PATIENT_MS } from '@triptych/platform/testing/patience';
import type {
  CreatedResource,
  Kernel,
  LogLine,
  ResourceProvider,
  Services,
  StreamRecord,
} from '../../kernel.ts';
import { testKernel } from '../../testing/test-kernel.ts';
import { createLambda, type LocalLambda } from '../index.ts';

/** A cloud with Lambda and the providers that a test adds. Artifacts are in a temporary folder. */
export interface ComputeCloud {
  readonly kernel: Kernel;
  readonly lambda: LocalLambda;
  readonly logs: LogLine[];
  /** Delivers a change to the subscribers of a stream. */
  emit(streamArn: string, record: StreamRecord): void;
  add(providers: readonly ResourceProvider[]): void;
  /** Writes an artifact; returns its path relative to the root. */
  artifact(name: string, files: Record<string, string>): string;
  create(
    type: string,
    logicalId: string,
    properties: Record<string, unknown>,
    artifact?: string,
  ): Promise<CreatedResource>;
  /** Creates a function whose artifact is one `index.mjs`. Returns its name. */
  function(
    logicalId: string,
    source: string,
    properties?: Record<string, unknown>,
  ): Promise<string>;
  stop(): Promise<void>;
}

export const STACK = 'triptych-test';

/** Starts a cloud for a test. `services` are fakes of other services. */
export function computeCloud(services: Partial<Services> = {}): ComputeCloud {
  const root = mkdtempSync(join(tmpdir(), 'triptych-compute-'));
  const logs: LogLine[] = [];
  const listeners = new Map<string, ((record: StreamRecord) => void)[]>();
  const base = testKernel();
  const kernel: Kernel = {
    ...base,
    root,
    log: (line) => void logs.push(line),
    services: {
      ...base.services,
      dynamodb: {
        subscribe(streamArn, listener) {
          listeners.set(streamArn, [...(listeners.get(streamArn) ?? []), listener]);
          return () => listeners.delete(streamArn);
        },
      },
      ...services,
    },
  };
  const lambda = createLambda(kernel);
  kernel.services.lambda = lambda;
  const providers = new Map(lambda.providers.map((provider) => [provider.type, provider]));
  const created: CreatedResource[] = [];

  const cloud: ComputeCloud = {
    kernel,
    lambda,
    logs,
    emit: (streamArn, record) => {
      for (const listener of listeners.get(streamArn) ?? []) listener(record);
    },
    add: (more) => {
      for (const provider of more) providers.set(provider.type, provider);
    },
    artifact(name, files) {
      for (const [file, source] of Object.entries(files)) {
        const path = join(root, name, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, source);
      }
      return name;
    },
    async create(type, logicalId, properties, artifact) {
      const provider = providers.get(type);
      const unknown = Object.keys(properties).filter((name) => !provider?.properties[name]);
      if (!provider || unknown.length > 0) throw new Error(`unknown: ${type} ${unknown}`);
      const metadata = artifact ? { 'triptych:artifact': artifact } : {};
      const context = { stack: STACK, logicalId, properties, metadata, kernel };
      const resource = await provider.create(context);
      created.push(resource);
      return resource;
    },
    async function(logicalId, source, properties = {}) {
      const artifact = cloud.artifact(`dist/${logicalId}`, { 'index.mjs': source });
      const defaults = { Runtime: 'nodejs24.x', Handler: 'index.http', Timeout: 10 };
      const all = { ...defaults, MemorySize: 256, ...properties };
      return (await cloud.create('AWS::Lambda::Function', logicalId, all, artifact)).physicalId;
    },
    async stop() {
      for (const resource of created.reverse()) await resource.stop?.(2000);
      await lambda.stop(2000);
      rmSync(root, { recursive: true, force: true });
    },
  };
  return cloud;
}

/** Invokes a function and parses its answer. */
export async function invoke(cloud: ComputeCloud, name: string, event: unknown = {}) {
  const { payload, ...rest } = await cloud.lambda.invoke(name, Buffer.from(JSON.stringify(event)));
  return { ...rest, answer: JSON.parse(payload.toString('utf8')) };
}

/**
 * Waits until `condition` returns a value other than undefined and false. Returns that value.
 * @param pauseMs between two attempts; longer for a condition that calls through an SDK
 * @throws Error after `timeoutMs`
 */
export async function eventually<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = PATIENT_MS,
  pauseMs = 10,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`condition not met in ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
