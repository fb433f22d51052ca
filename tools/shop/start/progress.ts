import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';
import type { ShopProgress } from './shop.ts';

/** Prints one line per finished step, and the reason when a stack fails. */
export function terminalProgress(print: (line: string) => void): ShopProgress {
  const titles = { build: 'built', synth: 'synthesized', cloud: 'local cloud' } as const;
  return {
    phase: (name, ms, detail) => {
      print(`${colors.green('✓')} ${seconds(ms)}  ${titles[name].padEnd(12)} ${detail}`);
    },
    stack: ({ stack, status, ms, detail }) => {
      if (status === 'ready') {
        print(`${colors.green('✓')} ${seconds(ms ?? 0)}  healthy      ${stack}`);
      } else if (status === 'failed') {
        print(`${colors.red('✗')} ${seconds(ms ?? 0)}  failed       ${stack}: ${detail ?? ''}`);
      }
    },
    crash: (stack, detail) => {
      print(
        `${colors.red('!')}          crashed      ${stack} ${detail}; see .triptych/logs/${stack}.log`,
      );
    },
  };
}
