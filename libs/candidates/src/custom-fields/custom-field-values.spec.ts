import { given } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import { candidateDecider, type CandidateCommand } from '../candidate/candidate-decider.js';
import type { CandidateEvent } from '../events/index.js';
import type { CustomField } from './custom-fields.js';
import { customFieldValues } from './custom-field-values.js';

const candidate = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
const added: CandidateEvent = { type: 'candidate.added', data: candidate };
const field = (more: Pick<CustomField, 'key' | 'type'> & Partial<CustomField>): [string, CustomField] => [
  more.key,
  { label: more.key, personal: false, retired: false, ...more },
];
const declared = new Map([
  field({ key: 'visa', type: 'choice', options: ['H-1B', 'TN'] }),
  field({ key: 'pay', type: 'number', personal: true }),
  field({ key: 'shoe', type: 'number', retired: true }),
]);

const values = (asked: Record<string, unknown>) => {
  const found = customFieldValues(asked, declared);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};
const update = (asked: Record<string, unknown>): CandidateCommand => ({
  kind: 'update',
  update: { customFields: values(asked) },
});
const set = (data: Extract<CandidateEvent, { type: 'candidate.custom-field-set' }>['data']): CandidateEvent => ({
  type: 'candidate.custom-field-set',
  data,
});
const visa = set({ field: 'visa', type: 'choice', value: 'H-1B' });
const pay = set({ field: 'pay', type: 'number', personalValue: 90_000 });

describe('Values of custom fields', () => {
  it('come with a candidate, or later, each as an event of its own; what is personal is sealed', () => {
    given(candidateDecider, [])
      .when({ kind: 'add', candidate, customFields: values({ visa: 'h-1b', pay: 90_000 }) })
      .thenGives([added, visa, pay]);
    given(candidateDecider, [added])
      .when(update({ visa: 'H-1B', pay: 90_000 }))
      .thenGives([visa, pay]);
  });

  it('change only if they are others, and are cleared', () => {
    given(candidateDecider, [added, visa])
      .when(update({ visa: 'H-1B' }))
      .thenGives([]);
    given(candidateDecider, [added, visa])
      .when(update({ visa: null, pay: null }))
      .thenGives([{ type: 'candidate.custom-field-cleared', data: { field: 'visa' } }]);
    given(candidateDecider, [added, visa, { type: 'candidate.custom-field-cleared', data: { field: 'visa' } }])
      .when(update({ visa: 'H-1B' }))
      .thenGives([visa]);
  });

  it('stay in a field that is retired, may be said again and cleared, and are no others', () => {
    const shoe = set({ field: 'shoe', type: 'number', value: 37 });
    given(candidateDecider, [added, shoe])
      .when(update({ shoe: 37 }))
      .thenGives([]);
    given(candidateDecider, [added, shoe])
      .when(update({ shoe: 38 }))
      .thenRefused('custom-field-retired');
    given(candidateDecider, [])
      .when({ kind: 'add', candidate, customFields: values({ shoe: 38 }) })
      .thenRefused('custom-field-retired');
    given(candidateDecider, [added, shoe])
      .when(update({ shoe: null }))
      .thenGives([{ type: 'candidate.custom-field-cleared', data: { field: 'shoe' } }]);
  });

  it.each([
    ['of a field that nobody declared', { hat: 7 }, 'custom-field-undeclared', '/customFields/hat'],
    ['that clears such a field', { hat: null }, 'custom-field-undeclared', '/customFields/hat'],
    ['of another type', { visa: 'H-1B', pay: 'a lot' }, 'custom-value-wrong', '/customFields/pay'],
  ])('are refused where there is one %s', (_, asked, code, pointer) => {
    expect(customFieldValues(asked, declared)).toMatchObject({ ok: false, error: { code, pointer } });
    expect(JSON.stringify(customFieldValues(asked, declared))).not.toContain('a lot');
  });
});
