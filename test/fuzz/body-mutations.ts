import fc from 'fast-check';
import {
  hostileName,
  hostileNumbers,
  hostileText,
  hostileTimes,
  hostileTokens,
  hostileValue,
} from './hostile-values.js';
import { placeholder } from './living.js';

type Json = unknown;
type Path = readonly (string | number)[];

const placesOf = (value: Json, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        placesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

/** The same value but for what `change` makes of one place; it returns undefined to remove it. */
const changedAt = (value: Json, [key, ...rest]: Path, change: (old: Json) => Json): Json => {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const changed = changedAt(value[key as number], rest, change);
    return changed === undefined ? value.filter((_, index) => index !== key) : value.with(key as number, changed);
  }
  const entries = Object.entries(value as object).flatMap(([name, child]): [string, Json][] => {
    if (name !== key) return [[name, child]];
    const changed = changedAt(child, rest, change);
    return changed === undefined ? [] : [[name, changed]];
  });
  return Object.fromEntries(entries);
};

export interface Mutation {
  readonly why: string;
  readonly change: (old: Json) => Json;
}

const sameKind = (old: Json, text: string, number: number): Json =>
  typeof old === 'string' ? text : typeof old === 'number' ? number : old;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ why: 'missing', change: () => undefined }) },
  { weight: 5, arbitrary: hostileValue.map((value) => ({ why: 'another value', change: () => value })) },
  {
    weight: 5,
    arbitrary: fc.tuple(hostileText, fc.constantFrom(...hostileNumbers)).map(([text, number]) => ({
      why: 'hostile value of its type',
      change: (old: Json) => sameKind(old, text, number),
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...hostileTimes, ...hostileTokens)
      .map((text) => ({ why: 'absurd time or token', change: (old: Json) => (typeof old === 'string' ? text : old) })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(hostileName, hostileValue).map(([name, value]) => ({
      why: 'another field',
      change: (old: Json) =>
        typeof old === 'object' && old !== null && !Array.isArray(old)
          ? Object.fromEntries([...Object.entries(old), [name, value]])
          : old,
    })),
  },
  { weight: 1, arbitrary: fc.constant({ why: 'in a list', change: (old: Json) => [old] }) },
  { weight: 1, arbitrary: fc.constant({ why: 'in an object', change: (old: Json) => ({ value: old }) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(2, 51, 301).map((times) => ({
      why: 'repeated',
      change: (old: Json) => (Array.isArray(old) && old.length > 0 ? Array.from({ length: times }, () => old[0]) : old),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      why: 'as text',
      change: (old: Json) => (typeof old === 'number' || typeof old === 'boolean' ? String(old) : old),
    }),
  },
);

/** A value with one thing about it changed. */
export const nearly = (value: fc.Arbitrary<Json>): fc.Arbitrary<{ value: Json; why: string }> =>
  fc.tuple(value, fc.nat(10_000), mutation).map(([whole, at, { why, change }]) => {
    const places = placesOf(whole);
    const place = places[at % places.length] ?? [];
    return { value: changedAt(whole, place, change) ?? null, why: `${why} at /${place.join('/')}` };
  });

const own = placeholder('own');
const firstNumber = /(?<=[:[,])-?\d+(\.\d+)?(?=[,}\]])/;

/** What can be wrong with the text of a JSON body. The object's first brace is where fields are put in. */
const textMutations: readonly (readonly [why: string, change: (json: string) => string | Buffer])[] = [
  ['byte order mark', (json) => `\ufeff${json}`],
  ['cut off', (json) => json.slice(0, Math.floor(json.length / 2))],
  ['only its first byte', (json) => json.slice(0, 1)],
  ['something after it', (json) => `${json}${json}`],
  ['a comma too many', (json) => json.replace(/\}$/, ',}')],
  ['single quotes', (json) => json.replaceAll('"', "'")],
  ['a comment', (json) => `/* ${own} */${json}`],
  ['NaN', (json) => json.replace(firstNumber, 'NaN')],
  ['a number beyond what there is', (json) => json.replace(firstNumber, '1e400')],
  ['a number with 400 digits', (json) => json.replace(firstNumber, '9'.repeat(400))],
  ['a fraction with 400 digits', (json) => json.replace(firstNumber, `1.${'3'.repeat(400)}`)],
  ['a hexadecimal number', (json) => json.replace(firstNumber, '0x1F')],
  ['the same key twice', (json) => json.replace('{', `{"name":"${own}","type":"${own}","name":null,`)],
  ['all twice', (json) => json.replace(/^\{(.+)\}$/s, '{$1,$1}')],
  ['a prototype', (json) => json.replace('{', '{"__proto__":{"admin":true},')],
  ['an escaped prototype', (json) => json.replace('{', String.raw`{"\u005f_proto__":{"admin":true},`)],
  ['a constructor', (json) => json.replace('{', '{"constructor":{"prototype":{"admin":true}},')],
  ['an escaped lone surrogate', (json) => json.replace(/:"/, String.raw`:"\ud800`)],
  ['an escaped NUL', (json) => json.replace(/:"/, String.raw`:"\u0000`)],
  ['a raw NUL', (json) => json.replace(/:"/, ':"\0')],
  ['a raw line break', (json) => json.replace(/:"/, ':"\n')],
  [
    'bad UTF-8',
    (json) =>
      Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(json.slice(-2))]),
  ],
  [
    'overlong UTF-8',
    (json) => Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.from([0xc0, 0xaf]), Buffer.from(json.slice(-2))]),
  ],
  [
    'a surrogate in UTF-8',
    (json) =>
      Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(json.slice(-2))]),
  ],
  ['UTF-16', (json) => Buffer.from(json, 'utf16le')],
  ['deep nesting', (json) => json.replace('{', `{"deep":${'['.repeat(20_000)}${']'.repeat(20_000)},`)],
  ['open nesting', () => '{"a":'.repeat(50_000)],
  ['open lists', () => '['.repeat(200_000)],
  ['nothing', () => ''],
  ['blanks', () => ' \n\t '],
  ['null', () => 'null'],
  ['a number', () => '1'],
  ['a string', () => `"${own}"`],
  ['a list', (json) => `[${json}]`],
  ['a form', () => `name=${own}&a[b]=c`],
  ['XML', () => `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/${own}">]><a>&e;</a>`],
  ['more than a body takes', (json) => json.replace('{', `{"big":"${'x'.repeat(1_100_000)}",`)],
];

/** A JSON text with one thing about it broken. */
export const broken = (value: fc.Arbitrary<Json>): fc.Arbitrary<{ text: string | Buffer; why: string }> =>
  fc.tuple(value, fc.constantFrom(...textMutations)).map(([whole, [why, change]]) => ({
    text: change(JSON.stringify(whole)),
    why,
  }));
