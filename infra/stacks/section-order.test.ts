import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';

function sections(variant: string): string[] {
  const source = readFileSync(join(import.meta.dirname, `${variant}.ts`), 'utf8');
  return [...source.matchAll(/^ {2}\/\/ (\d .+)$/gm)].map(([, title = '']) => title);
}

describe('the three variants', () => {
  it.each(VARIANTS)('%s has the same sections in the same order', (variant) => {
    expect(sections(variant)).toEqual([
      '1 state',
      '2 front',
      '3 images',
      '4 provider',
      '5 the other contexts',
      '6 operations',
      // A REST API is deployed as a whole after its routes. Load balancers and HTTP APIs need no such step.
      ...(variant === 'serverless' ? ['7 release'] : []),
    ]);
  });
});
