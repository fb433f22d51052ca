import { PartFindings } from '../../data/index.ts';
import type { PartContext } from '../part.ts';
import { changeOneService } from './deployment/change-one-service.ts';
import { otherModes } from './deployment/other-modes.ts';
import { startAnew } from './deployment/start-anew.ts';

/** A variant's start and end take up to this long on a laptop; with less left none is begun. */
const longestStartMs = 6_000;

/** Start, change of one service and tear-down of each variant that runs here, in a cloud of its own. */
export async function measureDeployment(context: PartContext): Promise<PartFindings> {
  const { targets, budgetMs, signal } = context;
  const findings = new PartFindings('deployment');
  const endsAt = performance.now() + budgetMs;
  const local = targets.filter(({ local }) => local !== undefined);
  for (const { name } of targets.filter(({ kind }) => kind === 'remote')) {
    const why = 'it was given as a base URL: who deployed it knows how long that took';
    findings.lack({ target: name, what: 'start, change and tear-down', why });
  }
  for (const [done, target] of local.entries()) {
    if (signal.aborted) break;
    context.progress(done, local.length, `${target.name}: change of one service`);
    await changeOneService(findings, target, context.mode === 'full' ? 3 : 1);
    context.progress(done + 0.5, local.length, `${target.name}: start and tear-down`);
    if (endsAt - performance.now() < (context.mode === 'full' ? longestStartMs : 0)) {
      const why = 'the time of this part was used up before it';
      findings.lack({ target: target.name, what: 'start and tear-down', why });
      continue;
    }
    // What is left is shared with the variants that come after.
    const now = performance.now();
    const ownEnd = now + (endsAt - now) / (local.length - done);
    await startAnew(findings, target, {
      assembly: context.assembly,
      endsAt: ownEnd,
      most: context.mode === 'full' ? 3 : 1,
      signal,
    });
  }
  otherModes(findings);
  return findings;
}
