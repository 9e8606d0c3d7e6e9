import { describe, expect, it } from '@jest/globals';
import type { CustomFieldType } from '../events/index.js';
import { customValue } from './custom-value.js';

const options = ['None needed', 'H-1B', 'Café'];
const read = (type: CustomFieldType, value: unknown) =>
  customValue(type === 'choice' || type === 'multi-choice' ? { type, options } : { type }, value);

describe('A value of a custom field', () => {
  it.each<[CustomFieldType, unknown, unknown]>([
    ['text', ' as typed ', ' as typed '],
    ['url', 'https://example.org/ada', 'https://example.org/ada'],
    ['number', 0.1, 0.1],
    ['number', -1e15, -1e15],
    ['date', '2024-02-29', '2024-02-29'],
    ['boolean', false, false],
    ['choice', 'h 1b', 'H-1B'],
    ['choice', 'CAFE', 'Café'],
    ['multi-choice', ['cafe', 'None needed', 'Café'], ['None needed', 'Café']],
  ])('%s may be %j', (type, value, stored) => {
    expect(read(type, value)).toEqual({ ok: true, value: stored });
  });

  it('is no minus nought', () => {
    expect(read('number', -0)).toEqual({ ok: true, value: 0 });
  });

  it.each<[CustomFieldType, unknown, string]>([
    ['text', 7, 'text of up to'],
    ['text', 'x'.repeat(2_001), 'text of up to'],
    ['url', 'javascript:alert(1)', 'http or https'],
    ['url', 'https://', 'http or https'],
    ['number', '7', 'number between'],
    ['number', Number.NaN, 'number between'],
    ['number', 1e16, 'number between'],
    ['date', '2023-02-29', 'YYYY-MM-DD'],
    ['date', '2024-02-29T00:00:00Z', 'YYYY-MM-DD'],
    ['boolean', 'true', 'true or false'],
    ['choice', 'O-1', 'declared options'],
    ['choice', ['H-1B'], 'declared options'],
    ['choice', '', 'declared options'],
    ['multi-choice', 'H-1B', 'list of declared options'],
    ['multi-choice', [], 'list of declared options'],
    ['multi-choice', ['H-1B', 'O-1'], 'list of declared options'],
  ])('%s may not be %j, and what it was is not said', (type, value, expected) => {
    const found = read(type, value);
    expect(found).toEqual({ ok: false, error: expect.stringContaining(expected) });
  });
});
