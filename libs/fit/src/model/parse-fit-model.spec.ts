import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fitAttributes } from './asked-attributes.js';
import { parseFitModel } from './parse-fit-model.js';

const golden = JSON.parse(
  readFileSync(new URL('../events/golden/fit-model.published.v1.json', import.meta.url), 'utf8'),
) as { model: Record<string, unknown> };
const model = (changes: object): unknown => ({ ...golden.model, ...changes });
const asking = (...wheres: unknown[]): unknown =>
  model({
    rules: wheres.map((where, n) => ({ label: `Rule ${n}`, points: 100, where })),
    grades: { A: 80, B: 60, C: 40 },
  });
const problems = (value: unknown): string[] => {
  const parsed = parseFitModel(value);
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
};

describe('A fit model from outside', () => {
  it('is taken where its rules go by what somebody can do, where they are and what they look for', () => {
    expect(problems(golden.model)).toEqual([]);
    expect(problems(asking(...fitAttributes.map((attribute) => ({ attribute, known: true }))))).toEqual([]);
    expect(
      problems(asking({ or: [{ title: 'nurse' }, { not: { attribute: 'availability', is: ['not-looking'] } }] })),
    ).toEqual([]);
  });

  it.each([
    'name',
    'birthDate',
    'birth-date',
    'age',
    'photo',
    'gender',
    'sex',
    'Race',
    'nationality',
    'religion',
    'disability',
    'maritalStatus',
    'email',
  ])('is refused where it asks for %s, once, with where', (word) => {
    const path = '/rules/1/where/and/0/not';
    const asked = (leaf: object): unknown => asking({ title: 'nurse' }, { and: [{ not: leaf }, { title: 'nurse' }] });
    const refused = 'is personal or protected: no model may know it';
    expect(problems(asked({ attribute: word, is: ['x'] }))).toEqual([`${path}/attribute: ${refused}`]);
    expect(problems(asked({ number: word, below: 40 }))).toEqual([`${path}/number: ${refused}`]);
    expect(problems(asked({ [word]: 'x' }))).toEqual([`${path}/${word}: ${refused}`]);
  });

  it.each<[string, unknown, RegExp]>([
    ['engagement', { attribute: 'band', is: ['hot'] }, /^\/rules\/0\/where\/attribute: is engagement, .* kept apart/],
    ['what happened', { happened: { kinds: ['email.opened'] } }, /^\/rules\/0\/where: is about what happened/],
    ['a consent', { consent: { purpose: 'a', channel: 'b' } }, /^\/rules\/0\/where: is about what somebody may be/],
    ['a custom field', { custom: 'visa', is: ['yes'] }, /^\/rules\/0\/where: is a custom field/],
    ['free words', { attribute: 'tags', is: ['nice'] }, /^\/rules\/0\/where\/attribute: may be free text/],
    ['whose they are', { attribute: 'owner', known: true }, /^\/rules\/0\/where\/attribute: says who looks after/],
    ['an unknown attribute', { attribute: 'shoes', is: ['9'] }, /^\/rules\/0\/where\/attribute: must be one of skills/],
    ['an unknown condition', { or: [{ horoscope: 'leo' }] }, /^\/rules\/0\/where\/or\/0: must have exactly one of/],
    ['no criteria', [], /^\/rules\/0\/where: /],
    ['NUL', { attribute: 'skills', is: ['\0'] }, /^\/rules\/0\/where\/is\/0: must hold neither NUL/],
  ])('is refused where it asks for %s', (_, where, expected) => {
    const found = problems(asking(where));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it.each<[string, object, RegExp]>([
    ['no rules', { rules: [] }, /^\/rules: /],
    ['half a point', { rules: [{ label: 'a', points: 1.5, where: { title: 'a' } }] }, /^\/rules\/0\/points: /],
    ['a name with blanks', { name: 'Backend engineer' }, /^\/name: /],
    ['something more', { mood: 'good' }, /^\/mood: isn't known$/],
    ['an A beyond all points', { grades: { A: 101, B: 60, C: 40 } }, /^\/grades\/A: must not be more than .* 100$/],
    ['a B from as many points as an A', { grades: { A: 60, B: 60, C: 40 } }, /^\/grades\/B: must be less than A/],
    ['a C from more points than a B', { grades: { A: 80, B: 60, C: 70 } }, /^\/grades\/C: must be less than B/],
  ])('is refused for %s', (_, changes, expected) => {
    const found = problems(model(changes));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('is refused for two rules of one label, and for more conditions than criteria may have', () => {
    const rule = { label: 'Title', points: 100, where: { title: 'nurse' } };
    const many = { ...rule, label: 'Many', where: { or: Array.from({ length: 60 }, () => ({ title: 'nurse' })) } };
    expect(problems(model({ rules: [rule, rule] }))).toEqual(['/rules/1/label: is another rule’s already']);
    expect(problems(model({ rules: [many, { ...many, label: 'As many' }] }))).toEqual([
      '/rules: must not have more than 100 conditions in all',
    ]);
  });
});
