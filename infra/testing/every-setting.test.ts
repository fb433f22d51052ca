import { describe, expect, it } from 'vitest';
import { ROOT } from '../deployment.ts';
import { readSettings, SETTING_NAMES } from '../settings.ts';
import { EVERY_SETTING, OTHER_VALUES } from './every-setting.ts';

describe('the list of every setting', () => {
  it('has another value for each setting that changes templates', () => {
    const listed = [...Object.keys(OTHER_VALUES), 'TRIPTYCH_DIST'];
    expect(listed.toSorted()).toEqual(SETTING_NAMES.toSorted());
  });

  it.each(Object.entries(EVERY_SETTING))(
    '%s is valid and changes the settings',
    async (name, values) => {
      const defaults = await readSettings({}, ROOT);
      const settings = await readSettings(values, ROOT);
      if (name === 'the defaults') expect(settings).toEqual(defaults);
      else expect(settings).not.toEqual(defaults);
    },
  );
});
