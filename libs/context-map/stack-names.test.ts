import { expect, test } from 'vitest';
import { isStageName, stackName, stackPrefix } from './stack-names.ts';
import { VARIANTS } from './variants.ts';

test('the name of a stack contains the stage, if there is one', () => {
  expect(stackName('hybrid', 'state')).toBe('triptych-hybrid-state');
  expect(stackName('hybrid', 'state', 'trial')).toBe('triptych-trial-hybrid-state');
});

test('no stage has stacks that start with the prefix of another', () => {
  const stages = [undefined, 'trial', 'trial2', 'x'];
  for (const one of stages) {
    for (const other of stages.filter((stage) => stage !== one)) {
      for (const variant of VARIANTS) {
        for (const second of VARIANTS) {
          expect(stackName(second, 'state', other)).not.toMatch(
            new RegExp(`^${stackPrefix(variant, one)}`),
          );
        }
      }
    }
  }
});

test.each(['hybrid', 'default', 'a-b', 'Trial', '1st', '', 'thirteenchars'])(
  '%s is not the name of a stage',
  (name) => expect(isStageName(name)).toBe(false),
);
