import { PartFindings } from '../data/index.ts';
import type { TemplateCounts } from './count-templates.ts';
import { limitsOf } from './limits.ts';
import { operated } from './operated.ts';
import type { WiringLines } from './wiring-lines.ts';

/** The counts of one target. */
export interface Counted {
  readonly target: string;
  readonly templates: TemplateCounts;
  readonly artifactBytes: number;
  readonly wiring: WiringLines;
}

/** Adds the complexity figures, and facts that list the counted items. */
export function complexityFindings(
  counted: readonly Counted[],
  into = new PartFindings('complexity'),
): PartFindings {
  for (const one of counted) describe(one, into);
  into.fact({
    subject: 'Left out',
    text: 'the simulated payment provider, which no real deployment has',
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
    'IAM statements: trust policies and permissions of roles',
    templates.iamStatements,
    'count',
    `${fromTemplates}: Statement entries of AWS::IAM::Role, Policy and ManagedPolicy`,
  );
  figure(
    'resource-policy-statements',
    'Resource policy statements: queues, buckets and permissions to invoke',
    templates.resourcePolicyStatements,
    'count',
    `${fromTemplates}: Statement entries of queue, bucket and Web Function policies, and AWS::Lambda::Permission`,
  );
  figure(
    'deployables',
    'Deployables: task definitions, functions, Web Functions, CDN functions',
    deployables.length,
    'count',
    fromTemplates,
  );
  figure(
    'artifact-bytes',
    'Built artifacts, each counted once',
    artifactBytes,
    'bytes',
    `files below ${templates.artifacts.join(', ')}`,
  );
  figure(
    'wiring-lines',
    'Lines of wiring: composition roots and stacks',
    wiring.roots + wiring.stacks,
    'lines',
    `lines without blank lines and comments: ${wiring.roots} in composition roots, ${wiring.stacks} in the stack description`,
  );
  figure(
    'construct-lines',
    'Lines of the constructs that the stacks use',
    wiring.constructs,
    'lines',
    'the same count over all files that the stack description imports, directly or indirectly',
  );
  figure(
    'settings',
    'Environment variables and secrets of deployables',
    settings.length,
    'count',
    fromTemplates,
  );
  figure(
    'things-to-operate',
    'Kinds of things to operate',
    operate.length,
    'count',
    'kinds of resources that need operation; listed under facts',
  );
  figure('things-to-know', 'AWS services to know', know.length, 'count', 'listed under facts');

  into.fact({ target, subject: 'Deployables', text: deployables.join(', ') });
  for (const { count, what } of operate) {
    into.fact({ target, subject: 'To operate', text: `${count} × ${what}` });
  }
  for (const text of know) into.fact({ target, subject: 'To know', text });
  into.fact({
    target,
    subject: 'Settings',
    text: `${new Set(settings.map((one) => one.split(': ')[1])).size} different names: ${[...new Set(settings.map((one) => one.split(': ')[1]))].sort().join(', ')}`,
  });
  into.fact({ target, subject: 'Wiring', text: wiring.files.join(', ') });
  for (const { subject, text, source } of limitsOf(byType)) {
    into.fact({ target, subject: `Limit: ${subject}`, text: `${text} (${source})` });
  }
}
