import { join } from 'node:path';
import { displayPath } from '@triptych/base/display-path';
import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';
import type { ShopProgress } from './shop.ts';

/**
 * Prints one line per finished step, the reason when a stack fails, and the log file of a process that crashes.
 * @param logFolder the shop's log folder
 */
export function terminalProgress(print: (line: string) => void, logFolder: string): ShopProgress {
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
      const file = displayPath(join(logFolder, `${stack}.log`));
      print(`${colors.red('!')}          crashed      ${stack} ${detail}; see ${file}`);
    },
  };
}
