import { describe, expect, it } from 'vitest';
import { updateOrder } from './update-order.ts';

/** A template that exports and imports values by name. */
function template(exports: readonly string[], imports: readonly string[] = []) {
  const outputs = exports.map((name) => [name, { Value: { Ref: name }, Export: { Name: name } }]);
  const values = imports.map((name) => ({ 'Fn::ImportValue': name }));
  return { Resources: { One: { Properties: { values } } }, Outputs: Object.fromEntries(outputs) };
}

const front = (...exports: string[]) => ({
  name: 'front',
  template: template(exports),
  dependencies: [],
});
const service = (...imports: string[]) => ({
  name: 'service',
  template: template([], imports),
  dependencies: ['front'],
});
const deployed = (...stacks: { name: string; template: object }[]) =>
  new Map(stacks.map(({ name, template }) => [name, template]));
const orderOf = (...args: Parameters<typeof updateOrder>) =>
  updateOrder(...args).map(({ action, stack }) => `${action} ${stack}`);

describe('the order of updates', () => {
  it('is the order of dependencies at first', () => {
    expect(orderOf(new Map(), [service('url'), front('url')])).toEqual([
      'deploy front',
      'deploy service',
    ]);
  });

  it('has a stack that exports something new before its importers', () => {
    const before = deployed(service('url'), front('url'));
    expect(orderOf(before, [service('url', 'name'), front('url', 'name')])).toEqual([
      'deploy front',
      'deploy service',
    ]);
  });

  it('has a stack that no longer exports something after its former importers', () => {
    const before = deployed(front('url', 'name'), service('url', 'name'));
    expect(orderOf(before, [front('url'), service('url')])).toEqual([
      'deploy service',
      'deploy front',
    ]);
  });

  it('keeps the dependencies of a stack that imports nothing', () => {
    const before = deployed(service(), front());
    expect(orderOf(before, [service(), front('new')])).toEqual(['deploy front', 'deploy service']);
  });

  it('deletes a stack without a successor when nothing imports from it any more', () => {
    const old = { name: 'old', template: template(['url'], ['key']) };
    const state = (...exports: string[]) => ({ ...front(...exports), name: 'state' });
    const before = deployed(state('key'), old, service('url'));
    expect(orderOf(before, [state(), { ...service(), dependencies: [] }])).toEqual([
      'deploy service',
      'delete old',
      'deploy state',
    ]);
  });

  it('does not exist when two stacks would have to wait for each other', () => {
    const before = deployed(front('url'), service('url'));
    expect(() => updateOrder(before, [front('name'), service('name')])).toThrow(
      'each waits for another of front, service',
    );
  });
});
