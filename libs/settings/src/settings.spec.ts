import { describe, expect, it } from '@jest/globals';
import { numberSetting, textSetting } from './settings.js';

const days = { from: 180, to: 36_500, what: 'days', whole: true };

describe('A setting', () => {
  it.each([{}, { RAPPORT_DAYS: '' }, { RAPPORT_DAYS: '  ' }])('is not set where the environment is %j', (env) => {
    expect(textSetting(env, 'RAPPORT_DAYS')).toBeUndefined();
    expect(numberSetting(env, 'RAPPORT_DAYS', days)).toBeUndefined();
  });

  it('is a number within its bounds', () => {
    expect(numberSetting({ RAPPORT_DAYS: '180' }, 'RAPPORT_DAYS', days)).toBe(180);
    expect(numberSetting({ RAPPORT_RATE: '0.2' }, 'RAPPORT_RATE', { from: 0, to: 1 })).toBe(0.2);
  });

  it.each(['179', '36501', '365.5', 'a year', 'NaN', 'Infinity', '-1'])('is not %s', (text) => {
    expect(() => numberSetting({ RAPPORT_DAYS: text }, 'RAPPORT_DAYS', days)).toThrow(
      'RAPPORT_DAYS must be a whole number of days from 180 to 36500.',
    );
  });
});
