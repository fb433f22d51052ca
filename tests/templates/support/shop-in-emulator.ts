import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finishedStack } from '@triptych/build/run-cdk';
import { expect } from 'vitest';
import type { Assembly } from './assembly.ts';
import { cdk } from './cdk.ts';
import { registerImages } from './register-images.ts';
import { type Emulator, type EmulatorName, startEmulator } from './start-emulator.ts';

/** The CDK CLI and an emulator, for a test file. Its commands fail the test with their output. */
export interface ShopInEmulator {
  readonly emulator: Emulator;
  /** A folder that `stop` deletes. */
  readonly folder: string;
  /** Creates what the CDK CLI needs in an account, and the images of assemblies. */
  bootstrap(...assemblies: Assembly[]): Promise<void>;
  /** @returns the stacks that the CDK CLI changed */
  deploy(assembly: Assembly, ...args: string[]): Promise<string[]>;
  destroy(assembly: Assembly, ...stacks: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an emulator for a test file. */
export async function shopIn(name: EmulatorName): Promise<ShopInEmulator> {
  const folder = await mkdtemp(join(tmpdir(), 'triptych-templates-'));
  const emulator = await startEmulator(name);
  const run = async (args: readonly string[], assembly?: Assembly): Promise<string> => {
    const { succeeded, output } = await cdk(emulator, args, assembly?.folder);
    expect(succeeded, `cdk ${args.join(' ')}\n${output}`).toBe(true);
    return output;
  };
  return {
    emulator,
    folder,
    async bootstrap(...assemblies) {
      await run(['bootstrap', `aws://${emulator.account}/${emulator.region}`]);
      await registerImages(
        emulator,
        assemblies.map(({ folder: of }) => of),
      );
    },
    async deploy(assembly, ...args) {
      const output = await run(['deploy', ...args, '--require-approval', 'never'], assembly);
      const finished = output.split('\n').map(finishedStack);
      return finished.flatMap((one) => (one?.changed ? [one.stack] : []));
    },
    async destroy(assembly, ...stacks) {
      await run(['destroy', ...stacks, '--force'], assembly);
    },
    async stop() {
      await emulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
