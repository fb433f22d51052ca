import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { chooseRegion } from './aws/choose-region.ts';
import { confirm, requireConsent } from './confirm.ts';

function terminal(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  return { input, output };
}

it.each(['yes\n', ' YES \n'])('goes on after %j', async (answer) => {
  const { input, output } = terminal(true);
  const asked = confirm('Deploy?', false, { input, output });
  input.write(answer);
  await asked;
  expect(String(output.read())).toContain('Deploy? (yes/no)');
});

it.each(['no\n', '\n', 'y\n', ''])('changes nothing after %j', async (answer) => {
  const { input, output } = terminal(true);
  const asked = confirm('Deploy?', false, { input, output });
  input.end(answer);
  await expect(asked).rejects.toThrow('Nothing was changed.');
});

it('needs --yes without a terminal, and asks nothing with it', async () => {
  const { input, output } = terminal(false);
  expect(() => requireConsent(false, { input })).toThrow('--yes');
  await confirm('Deploy?', true, { input, output });
  expect(output.read()).toBeNull();
});

it('takes the region from the flag, then from the settings, and checks it', async () => {
  const env = {
    TRIPTYCH_REGION: 'eu-west-1',
    AWS_REGION: 'eu-west-2',
    AWS_DEFAULT_REGION: 'eu-west-3',
  };
  expect(await chooseRegion('us-gov-west-1', env)).toBe('us-gov-west-1');
  expect(await chooseRegion(undefined, env)).toBe('eu-west-1');
  expect(await chooseRegion(undefined, { AWS_DEFAULT_REGION: 'eu-west-3' })).toBe('eu-west-3');
  await expect(chooseRegion('Frankfurt', env)).rejects.toThrow('"Frankfurt" is not the name');
});
