import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { slashedPath } from '@triptych/base/slashed-path';

/** Codes of our own errors. Others, such as ECONNREFUSED or ThrottlingException, come from libraries. */
const OWN_CODE = /^[a-z]+(-[a-z]+)+$/;
/** The longest distance between `new AppError(` and its code when the formatter breaks the line. */
const LINES_BEFORE = 2;

/** Finds the lines of the shop's sources that raise an error code: `libs/payments/core/refund.ts:78`. */
export async function whereRaised(root: string, code: string): Promise<string[]> {
  if (!OWN_CODE.test(code)) return [];
  const found: string[] = [];
  const exclude = (name: string) => name === 'node_modules';
  for await (const file of glob('{libs,apps}/**/*.ts', { cwd: root, exclude })) {
    if (file.endsWith('.test.ts')) continue;
    const text = await readFile(join(root, file), 'utf8');
    if (!text.includes(`'${code}'`)) continue;
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      const around = lines.slice(Math.max(0, index - LINES_BEFORE), index + 1).join('\n');
      if (!line.includes(`'${code}'`) || !/Error\(|error:/.test(around)) return;
      found.push(`${slashedPath(file)}:${index + 1}`);
    });
  }
  return found.sort();
}
