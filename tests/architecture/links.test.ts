import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

function committedMarkdown(): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '*.md'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 10_000,
  });
  return stdout.split('\n').filter((file) => file && existsSync(join(root, file)));
}

/** Targets of inline links that lead into the repository; code blocks hold none. */
function relativeLinks(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.split('#', 1)[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

test('every relative link in committed Markdown leads to something', () => {
  const files = committedMarkdown();
  expect(files).toContain('README.md');
  const dead = files.flatMap((file) =>
    relativeLinks(readFileSync(join(root, file), 'utf8'))
      .filter((target) => !existsSync(join(root, dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});
