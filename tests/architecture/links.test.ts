import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { expect, test } from 'vitest';
import { read, repositoryFiles } from './support/repository-files.ts';

/** Targets of inline links into the repository, outside code blocks. */
function relativeLinks(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.split('#', 1)[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

test('every relative link in Markdown leads to an existing file', () => {
  const files = repositoryFiles('*.md');
  expect(files).toContain('README.md');
  const dead = files.flatMap((file) =>
    relativeLinks(read(file))
      .filter((target) => !existsSync(join(repositoryRoot, dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});
