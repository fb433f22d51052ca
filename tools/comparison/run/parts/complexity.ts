import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import {
  type Counted,
  complexityFindings,
  countTemplates,
  readStacks,
  type SourceFile,
  type StackTemplate,
  stacksOf,
  wiringLines,
} from '../../complexity/index.ts';
import { type Findings, PartFindings, type Target } from '../../data/index.ts';
import type { MeasurePart } from '../part.ts';
import { assemblyOf } from '../templates.ts';

/** The path of artifacts in templates, to be replaced by the folder from the context. */
const ARTIFACTS_IN_TEMPLATES = 'dist/apps/';

/** Counts each variant's templates, artifacts and wiring. Nothing is executed. */
export const measureComplexity: MeasurePart = async (context): Promise<Findings> => {
  const { targets, artifacts, progress } = context;
  const into = new PartFindings('complexity');
  const counted: Counted[] = [];
  for (const [at, target] of targets.entries()) {
    const { name, variant } = target;
    progress(at, targets.length, name);
    const own = stacksOf(readStacks(assemblyOf(target, context)), variant);
    if (own.length === 0) {
      into.addMissing({
        target: name,
        what: 'all counts',
        why: `the templates do not contain ${variant}`,
      });
      continue;
    }
    counted.push(count(target, own, artifacts));
  }
  return complexityFindings(counted, into);
};

function count(target: Target, stacks: readonly StackTemplate[], artifacts: string): Counted {
  const templates = countTemplates(stacks);
  const folders = templates.artifacts.map((path) =>
    join(artifacts, relative(ARTIFACTS_IN_TEMPLATES, path)),
  );
  return {
    target: target.name,
    templates,
    artifactBytes: folders.reduce((sum, folder) => sum + bytesIn(folder), 0),
    wiring: wiringLines(compositionRoots(target), `infra/stacks/${target.variant}.ts`, readSource),
  };
}

/** How serverless runs what its roots share. With Web Functions, the workers are still event functions. */
const EVENT_FUNCTIONS = 'apps/serverless/event-functions';
const WEB_FUNCTIONS = 'apps/serverless/web-functions';

function compositionRoots({ variant, http }: Target): SourceFile[] {
  const folders = [
    `apps/${variant}`,
    ...(variant === 'serverless' ? [EVENT_FUNCTIONS] : []),
    ...(http === 'web-functions' ? [WEB_FUNCTIONS] : []),
  ];
  return folders.flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => ({ path: `${folder}/${file}`, text: readSource(`${folder}/${file}`) ?? '' })),
  );
}

function readSource(path: string): string | undefined {
  const file = join(repositoryRoot, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
