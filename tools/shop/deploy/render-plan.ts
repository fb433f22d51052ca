import colors from 'picocolors';
import type { Grant } from './granted-permissions.ts';
import { type ChangedResource, countTypes, type StackChanges } from './template-changes.ts';
import { WEB_REVISION } from './upload-code.ts';

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;

/** Lines that say which stacks are created, changed or deleted, with what in them. */
export function renderChanges(changes: readonly StackChanges[]): string[] {
  const lines = changes.map(({ stack, kind, added, changed, removed }) => {
    const parts = [
      added.length > 0 ? `creates ${countTypes(added.map(({ type }) => type))}` : '',
      changed.length > 0 ? `changes ${countTypes(changed.map(({ type }) => type))}` : '',
      removed.length > 0
        ? colors.red(`deletes ${countTypes(removed.map(({ type }) => type))}`)
        : '',
    ].filter(Boolean);
    const detail = kind === 'unchanged' ? 'no changes' : parts.join('; ') || 'outputs only';
    const end = kind === 'delete' ? ': these settings no longer have the stack' : '';
    return `  ${stack.padEnd(36)} ${detail}${end}`;
  });
  const all = (pick: 'added' | 'changed' | 'removed') =>
    changes.flatMap((one) => one[pick].map(({ type }) => type));
  return [...lines, `  ${'all'.padEnd(36)} ${total(all('added'), all('changed'), all('removed'))}`];
}

function total(added: string[], changed: string[], removed: string[]): string {
  if (added.length + changed.length + removed.length === 0) return 'no changes';
  const counts = `${added.length} to create, ${changed.length} to change, ${removed.length} to delete`;
  const isNew = changed.length + removed.length === 0;
  return isNew ? `${counts} (${countTypes(added)})` : counts;
}

/** One line for each resource that changes, with the names of the properties. */
export function renderDiff(changes: readonly StackChanges[]): string[] {
  const paint = { added: colors.green, changed: colors.yellow, removed: colors.red };
  return changes.flatMap((one) => {
    const lines = (['added', 'changed', 'removed'] as const).flatMap((kind) =>
      one[kind].map((resource) => paint[kind](`    ${SIGNS[kind]} ${describe(resource, kind)}`)),
    );
    return lines.length === 0 ? [] : [`  ${one.stack}`, ...lines];
  });
}

function describe({ id, type, properties }: ChangedResource, kind: keyof typeof SIGNS): string {
  const what = kind !== 'changed' ? '' : properties.join(', ') || 'attributes outside Properties';
  // No property of a revision changes in place. `cdk diff` shows the endpoint's next revision as no change.
  const effect =
    kind === 'changed' && type === WEB_REVISION
      ? ' (a new revision, which the endpoint uses at once or by the share in the settings)'
      : '';
  return `${type} ${id}${what ? `: ${what}` : ''}${effect}`;
}

/** One line for each grant: who may do what, on which resources. Denials come last. @param prefix of the stacks' names */
export function renderGrants(grants: readonly Grant[], prefix: string): string[] {
  const ordered = grants.toSorted(
    (a, b) => Number(a.effect === 'Deny') - Number(b.effect === 'Deny'),
  );
  return ordered.map(({ stack, who, effect, actions, resources, conditional }) => {
    const on = resources.length > 0 ? ` on ${resources.join(', ')}` : '';
    const verb = effect === 'Deny' ? 'may not' : 'may';
    const end = conditional ? ' (with conditions)' : '';
    return `  ${shortName(stack, prefix)} ${who} ${verb} ${actions.join(', ')}${on}${end}`;
  });
}

/** One line for each role and principal, with the number of actions of each service; denials are counted. */
export function summarizeGrants(grants: readonly Grant[], prefix: string): string[] {
  const allowed = Map.groupBy(
    grants.filter(({ effect }) => effect === 'Allow'),
    ({ stack, who }) => `${shortName(stack, prefix)} ${who}`,
  );
  const denials = grants.filter(({ effect }) => effect === 'Deny').length;
  const lines = [...allowed].map(
    ([who, own]) => `  ${who} may ${[...new Set(own.map(inShort))].join('; ')}`,
  );
  return denials === 0 ? lines : [...lines, `  ${denials} statements only deny`];
}

/** `sqs:SendMessage on Queue`, `dynamodb (8 actions) on Table`. */
function inShort({ actions, resources }: Grant): string {
  const [first = ''] = actions;
  const service = first.split(':', 1)[0];
  const what = actions.length === 1 ? first : `${service} (${actions.length} actions)`;
  return resources.length > 0 ? `${what} on ${resources.join(', ')}` : what;
}

function shortName(stack: string, prefix: string): string {
  return (stack.startsWith(prefix) ? stack.slice(prefix.length) : stack).padEnd(10);
}
