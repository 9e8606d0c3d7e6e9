import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import type { CustomFieldDeclared, CustomFieldEvent } from '../events/index.js';
import { customFieldsDecider, MOST_CUSTOM_FIELDS } from './custom-fields-decider.js';

const visa: CustomFieldDeclared = {
  key: 'visa',
  label: 'Visa',
  type: 'choice',
  personal: false,
  options: ['None needed', 'H-1B'],
};
const pay: CustomFieldDeclared = { key: 'pay', label: 'Pay', type: 'number', personal: true };
const declared = (field: CustomFieldDeclared): CustomFieldEvent => ({ type: 'custom-field.declared', data: field });
const retired = (key: string): CustomFieldEvent => ({ type: 'custom-field.retired', data: { key } });

describe('The custom fields', () => {
  it('are declared once each, under a key that is theirs for good', () => {
    given(customFieldsDecider, [])
      .when({ kind: 'declare', field: visa })
      .thenGives([declared(visa)]);
    given(customFieldsDecider, [declared(visa)])
      .when({ kind: 'declare', field: visa })
      .thenGives([]);
    given(customFieldsDecider, [declared(visa)])
      .when({ kind: 'declare', field: { ...visa, type: 'multi-choice' } })
      .thenRefused('custom-field-exists');
    given(customFieldsDecider, [declared(visa), retired('visa')])
      .when({ kind: 'declare', field: visa })
      .thenRefused('custom-field-exists');
  });

  it.each<[string, Partial<CustomFieldDeclared>, string]>([
    ['a text that is not personal', { type: 'text', options: undefined }, 'custom-field-personal'],
    ['a url that is not personal', { type: 'url', options: undefined }, 'custom-field-personal'],
    ['options of a number', { type: 'number' }, 'options-unwanted'],
    ['a choice without options', { options: undefined }, 'options-needed'],
    ['options that differ in case alone', { options: ['H-1B', 'h 1b'] }, 'options-alike'],
    ['an option without a letter or a digit', { options: ['?!'] }, 'options-alike'],
  ] as [string, Partial<CustomFieldDeclared>, string][])('are not declared with %s', (_, wrong, code) => {
    const field = Object.fromEntries(
      Object.entries({ ...visa, ...wrong }).filter(([, value]) => value !== undefined),
    ) as CustomFieldDeclared;
    given(customFieldsDecider, []).when({ kind: 'declare', field }).thenRefused(code);
  });

  it('are so many at most, and a retired one leaves room', () => {
    const many = Array.from({ length: MOST_CUSTOM_FIELDS }, (_, n) => declared({ ...pay, key: `pay-${n}` }));
    given(customFieldsDecider, many).when({ kind: 'declare', field: pay }).thenRefused('too-many-custom-fields');
    given(customFieldsDecider, [...many, retired('pay-7')])
      .when({ kind: 'declare', field: pay })
      .thenGives([declared(pay)]);
  });

  it('are called something else, described and described no more', () => {
    given(customFieldsDecider, [declared({ ...visa, description: 'Of now' })])
      .when({ kind: 'change', key: 'visa', change: { label: 'Work permit', description: 'Of now' } })
      .thenGives([{ type: 'custom-field.described', data: { key: 'visa', label: 'Work permit' } }]);
    const undescribed: CustomFieldEvent = { type: 'custom-field.described', data: { key: 'visa', description: null } };
    given(customFieldsDecider, [declared({ ...visa, description: 'Of now' })])
      .when({ kind: 'change', key: 'visa', change: { label: 'Visa', description: null } })
      .thenGives([undescribed]);
    given(customFieldsDecider, [declared({ ...visa, description: 'Of now' }), undescribed])
      .when({ kind: 'change', key: 'visa', change: { description: null } })
      .thenGives([]);
  });

  it('get more options, after those that there are, each once', () => {
    const added: CustomFieldEvent = { type: 'custom-field.options-added', data: { key: 'visa', options: ['TN'] } };
    given(customFieldsDecider, [declared(visa)])
      .when({ kind: 'change', key: 'visa', change: { addOptions: ['H-1B', 'TN'] } })
      .thenGives([added]);
    given(customFieldsDecider, [declared(visa), added])
      .when({ kind: 'change', key: 'visa', change: { addOptions: ['tn'] } })
      .thenRefused('options-alike');
    given(customFieldsDecider, [declared(pay)])
      .when({ kind: 'change', key: 'pay', change: { addOptions: ['1'] } })
      .thenRefused('options-unwanted');
    const many = Array.from({ length: 199 }, (_, n) => `Option ${n}`);
    given(customFieldsDecider, [declared(visa)])
      .when({ kind: 'change', key: 'visa', change: { addOptions: many } })
      .thenRefused('too-many-options');
  });

  it('are retired once, and not changed afterwards', () => {
    given(customFieldsDecider, [declared(visa)])
      .when({ kind: 'retire', key: 'visa' })
      .thenGives([retired('visa')]);
    given(customFieldsDecider, [declared(visa), retired('visa')])
      .when({ kind: 'retire', key: 'visa' })
      .thenGives([]);
    given(customFieldsDecider, [declared(visa), retired('visa')])
      .when({ kind: 'change', key: 'visa', change: { label: 'Other' } })
      .thenRefused('custom-field-retired');
    given(customFieldsDecider, []).when({ kind: 'retire', key: 'visa' }).thenRefused('custom-field-unknown');
    given(customFieldsDecider, [])
      .when({ kind: 'change', key: 'visa', change: {} })
      .thenRefused('custom-field-unknown');
  });

  it('are not decided on with a history that this version does not know', () => {
    const strange = { type: 'custom-field.moved', data: { key: 'visa' } } as unknown as CustomFieldEvent;
    expect(() => fold(customFieldsDecider, [declared(visa), strange])).toThrow(UnknownEventError);
  });
});
