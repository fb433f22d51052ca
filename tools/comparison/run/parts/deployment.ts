import { PartFindings } from '../../data/index.ts';
import type { PartContext } from '../part.ts';
import { assemblyOf } from '../templates.ts';
import { changeOneService } from './deployment/change-one-service.ts';
import { measureStarts } from './deployment/measure-starts.ts';
import { otherModes } from './deployment/other-modes.ts';

/** Starting and stopping a variant takes up to this long on a laptop. With less time left, no start is attempted. */
const LONGEST_START_MS = 6_000;

/** Measures start, change of one service and tear-down of each local variant. */
export async function measureDeployment(context: PartContext): Promise<PartFindings> {
  const { targets, budgetMs, signal } = context;
  const findings = new PartFindings('deployment');
  const endsAt = performance.now() + budgetMs;
  const local = targets.filter(({ local }) => local !== undefined);
  for (const { name } of targets.filter(({ kind }) => kind === 'remote')) {
    const why = 'the target was given as a base URL, so this run did not deploy it';
    findings.addMissing({ target: name, what: 'Start, change and tear-down', why });
  }
  for (const [done, target] of local.entries()) {
    if (signal.aborted) break;
    context.progress(done, local.length, `${target.name}: change of one service`);
    await changeOneService(findings, target, context.mode === 'full' ? 3 : 1);
    context.progress(done + 0.5, local.length, `${target.name}: start and tear-down`);
    if (endsAt - performance.now() < (context.mode === 'full' ? LONGEST_START_MS : 0)) {
      const why = 'the time budget of this part ran out first';
      findings.addMissing({ target: target.name, what: 'Start and tear-down', why });
      continue;
    }
    // The remaining time is shared with the variants that follow.
    const now = performance.now();
    const ownEnd = now + (endsAt - now) / (local.length - done);
    await measureStarts(findings, target, {
      assembly: assemblyOf(target, context),
      endsAt: ownEnd,
      most: context.mode === 'full' ? 3 : 1,
      signal,
    });
  }
  otherModes(findings);
  return findings;
}
