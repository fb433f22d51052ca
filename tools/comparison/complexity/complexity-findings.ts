import { PartFindings } from '../data/index.ts';
import type { TemplateCounts } from './count-templates.ts';
import { limitsOf } from './limits.ts';
import { operated } from './operated.ts';
import type { WiringLines } from './wiring-lines.ts';

/** What was counted of one target. */
export interface Counted {
  readonly target: string;
  readonly templates: TemplateCounts;
  readonly artifactBytes: number;
  readonly wiring: WiringLines;
}

/** What the report says of complexity: counts, with what was counted beside each. */
export function complexityFindings(
  counted: readonly Counted[],
  into = new PartFindings('complexity'),
): PartFindings {
  for (const one of counted) describe(one, into);
  into.fact({
    subject: 'left out',
    text: 'the simulated payment provider: with a real one it is in nobody’s templates',
  });
  return into;
}

function describe({ target, templates, artifactBytes, wiring }: Counted, into: PartFindings): void {
  const { byType, deployables, settings } = templates;
  const { operate, know } = operated(byType);
  const figure = (what: string, title: string, value: number, unit: string, origin: string) =>
    into.figure({ target, what, title, value, unit, origin, better: 'lower' });
  const fromTemplates = 'counted in the synthesized templates';

  figure('resources', 'Resources', templates.resources, 'count', fromTemplates);
  for (const [type, count] of Object.entries(byType)) {
    figure(`resources/${type.replaceAll('::', '.')}`, type, count, 'count', fromTemplates);
  }
  figure('stacks', 'Stacks', templates.stacks, 'count', fromTemplates);
  figure(
    'iam-statements',
    'Statements of roles: who may be one, and what it may do',
    templates.iamStatements,
    'count',
    `${fromTemplates}: Statement entries of AWS::IAM::Role, Policy and ManagedPolicy`,
  );
  figure(
    'resource-policy-statements',
    'Statements on queues and buckets, permissions to invoke',
    templates.resourcePolicyStatements,
    'count',
    `${fromTemplates}: Statement entries of queue and bucket policies, and AWS::Lambda::Permission`,
  );
  figure(
    'deployables',
    'Deployables: task definitions, functions, functions of the CDN',
    deployables.length,
    'count',
    fromTemplates,
  );
  figure(
    'artifact-bytes',
    'Built artifacts, each once',
    artifactBytes,
    'bytes',
    `files below ${templates.artifacts.join(', ')}`,
  );
  figure(
    'wiring-lines',
    'Lines that put parts together: composition roots and stacks',
    wiring.roots + wiring.stacks,
    'lines',
    `lines that are neither blank nor comment: ${wiring.roots} of composition roots, ${wiring.stacks} of the stack description`,
  );
  figure(
    'construct-lines',
    'Lines of the constructs its stacks are made of',
    wiring.constructs,
    'lines',
    'the same count over all files that the stack description imports, and these in turn',
  );
  figure(
    'settings',
    'Variables and secrets given to deployables',
    settings.length,
    'count',
    fromTemplates,
  );
  figure(
    'things-to-operate',
    'Kinds of things to look after',
    operate.length,
    'count',
    'kinds of resources that somebody looks after; listed beside',
  );
  figure('things-to-know', 'Services to have understood', know.length, 'count', 'listed beside');

  into.fact({ target, subject: 'deployables', text: deployables.join(', ') });
  for (const { count, what } of operate) {
    into.fact({ target, subject: 'to operate', text: `${count} × ${what}` });
  }
  for (const text of know) into.fact({ target, subject: 'to know', text });
  into.fact({
    target,
    subject: 'settings',
    text: `${new Set(settings.map((one) => one.split(': ')[1])).size} different names: ${[...new Set(settings.map((one) => one.split(': ')[1]))].sort().join(', ')}`,
  });
  into.fact({ target, subject: 'wiring', text: wiring.files.join(', ') });
  for (const { subject, text, source } of limitsOf(byType)) {
    into.fact({ target, subject: `limit: ${subject}`, text: `${text} (${source})` });
  }
}
