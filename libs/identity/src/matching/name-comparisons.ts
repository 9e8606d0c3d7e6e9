import { mayBeSameGivenName } from '../nicknames/nicknames.js';
import type { Features } from '../person/features.js';
import { compareText, slipLevels, told, type Comparison } from './comparison.js';
import { alike, GARBLED, likeness, SLIP } from './likeness.js';

const given = { same: 0, shortForm: 1, slip: 2, garbled: 3, initial: 4, different: 5 } as const;

const givenLevel = (a: string, b: string): number => {
  if (a === b) return given.same;
  if (mayBeSameGivenName(a, b)) return given.shortForm;
  const alikeness = likeness(a, b);
  if (alikeness >= SLIP) return given.slip;
  if (alikeness >= GARBLED) return given.garbled;
  return (a.length === 1 || b.length === 1) && a[0] === b[0] ? given.initial : given.different;
};

/**
 * Whether one writes the given name where the other writes the family name. Where a record lacks a name, the one that it
 * has must stand at the wrong place exactly; of two, one may have a slip.
 */
const crossed = ({ name: a }: Features, { name: b }: Features): boolean => {
  if (likeness(a.given, b.given) >= GARBLED || likeness(a.family, b.family) >= GARBLED) return false;
  const [there, back] = [a.given !== '' && b.family !== '', a.family !== '' && b.given !== ''];
  if (there && back)
    return (
      (a.given === b.family && likeness(a.family, b.given) >= GARBLED) ||
      (a.family === b.given && likeness(a.given, b.family) >= GARBLED) ||
      (alike(a.given, b.family) && alike(a.family, b.given))
    );
  return (there && a.given === b.family) || (back && a.family === b.given);
};

export const givenName: Comparison = {
  field: 'given name',
  levels: [
    { name: 'same', prior: 0.75, byRarity: true },
    { name: 'short form', prior: 0.07 },
    { name: 'slip', prior: 0.08 },
    { name: 'garbled', prior: 0.02 },
    { name: 'initial', prior: 0.03 },
    { name: 'different', prior: 0.05 },
  ],
  values: ({ name }) => told(name.given),
  compare: (a, b) => {
    if (a.name.given === '' || b.name.given === '' || crossed(a, b)) return undefined;
    const level = givenLevel(a.name.given, b.name.given);
    return level === given.same ? { level, value: a.name.given } : { level };
  },
};

export const familyName: Comparison = {
  field: 'family name',
  levels: slipLevels(0.8, 0.11, 0.03),
  values: ({ name }) => told(name.family),
  compare: (a, b) => (crossed(a, b) ? undefined : compareText(a.name.family, b.name.family)),
};

/** Under the names that may have changed places: both, or the one that was found at the other's place. */
const crossedName = ({ name: a }: Features, { name: b }: Features): string => {
  if (a.given !== '' && a.family !== '' && b.given !== '' && b.family !== '') return `${a.given} ${a.family}`;
  return a.given !== '' && a.given === b.family ? a.given : a.family;
};

export const nameOrder: Comparison = {
  field: 'name order',
  levels: [
    { name: 'names swapped', prior: 0.03, byRarity: true },
    { name: 'as written', prior: 0.97 },
  ],
  byWord: true,
  values: ({ name }) => told(name.given, name.family),
  compare: (a, b) => {
    if (crossed(a, b)) return { level: 0, value: crossedName(a, b) };
    const [x, y] = [a.name, b.name];
    return (x.given !== '' && y.family !== '') || (x.family !== '' && y.given !== '') ? { level: 1 } : undefined;
  },
};
