import fc from 'fast-check';
import { placeholder } from './living.js';

const own = placeholder('own');

/** Each holds the request's own word, so that one that's quoted in an answer or a log is found. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  `${own}\0${own}`,
  `${own}\ud800`,
  `\udfff${own}`,
  `\u202e${own}\u202c`,
  `${own} 👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿`,
  `\ufeff${own}`,
  `${own}\r\nX-Injected: yes`,
  `${own}\u2028\u2029\u0085\u001b[31m`,
  'Z\u0351\u036b\u0343\u036a'.repeat(40) + own,
  'ﷺ'.repeat(60) + own,
  `'; DROP TABLE checkpoints; --${own}`,
  `" OR 1=1 ${own}`,
  `$1 $2 ${own} \${process.exit()}`,
  `%${own}_%\\`,
  `\\ ${own}`,
  `${own} & | ! ( ) : * <-> ' "`,
  `((((a+)+)+)+)+$${own}`,
  `^(${own}`,
  `../../../../${own}/passwd`,
  `..%2f..%2f${own}`,
  `<script>alert("${own}")</script>`,
  `javascript:${own}`,
  `{{7*7}}#{7*7}${own}`,
  `%00%0a%0d%ff${own}`,
  `%zz%${own}`,
  `\${jndi:ldap://${own}.example/a}`,
  `${own}@example.org`,
  `${own}@`,
  `@${own}`,
  `"${own}"@example.org`,
  `${own}@xn--nxasmq6b`,
  `ünï${own}@ëxample.org`,
  `+1 512 555 0199;ext=${own}`,
  `tel:+0${own}`,
  `https://user:pass@[::1]:99999/${own}`,
  `http://${own}.example/%`,
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '[erased]',
];

const longTexts = [101, 201, 501, 2_001, 20_001, 70_000, 300_000].map((length) => own + 'x'.repeat(length));

export const hostileTimes: readonly string[] = [
  '0000-01-01',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '275761-01-01',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31',
  '1582-10-10',
  '1969-12-31T23:59:59Z',
  '2016-12-31T23:59:60Z',
  '2026-02-29',
  '2026-13-01',
  '2026-02-30T25:61:61Z',
  '2026-03-01T24:00:00Z',
  '2026-03-01T09:30:00',
  '2026-03-01T09:30:00+99:99',
  '2026-03-01T09:30:00+14:00',
  '2026-03-01T09:30:00-00:00',
  '2026-03-01T09:30:00.123456789123Z',
  '2026-W10-7',
  '2026-060',
  '20260301',
  '2026-3-1',
  ' 2026-03-01 ',
  '2026-03-01t09:30:00z',
  '2026-03-01 09:30:00Z',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  '1767225600000',
  '٢٠٢٦-٠٣-٠١',
];

export const hostileNumbers: readonly number[] = [
  -1,
  -0,
  0,
  0.1,
  1.5,
  80.000001,
  201,
  1_001,
  2_147_483_648,
  4_294_967_296,
  2 ** 53 + 2,
  2 ** 63,
  1e21,
  1.7976931348623157e308,
  5e-324,
  -1e308,
];

export const hostileTokens: readonly string[] = [
  'p1-0-0',
  'p1-9223372036854775807-9223372036854775807',
  'p1-9223372036854775808-9223372036854775808',
  'p1-18446744073709551615-18446744073709551615',
  `p1-${'9'.repeat(400)}-1`,
  'p1--1--1',
  'p2-1-1',
  'p1-1',
  'p1-1-1-1',
  'p1-1e3-0x10',
  Buffer.from('{"v":1}').toString('base64url'),
  Buffer.from('[]').toString('base64url'),
  Buffer.from('null').toString('base64url'),
  Buffer.from('{"__proto__":{"a":1}}').toString('base64url'),
  Buffer.from(JSON.stringify({ v: 1, k: ['x'.repeat(300), null, 1e308], i: '00000000' })).toString('base64url'),
  Buffer.from('\0'.repeat(30)).toString('base64url'),
  // Of the right shape, with what no column takes.
  Buffer.from('[-8640000000000000,"99999"]').toString('base64url'),
  Buffer.from('[1,"9999999999999999999"]').toString('base64url'),
  ...[
    { at: '-271821-04-20T00:00:00.000Z', heat: '1', id: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' },
    { at: '2026-01-01', heat: '9'.repeat(200), id: '-'.repeat(36) },
  ].map((cursor) => Buffer.from(JSON.stringify({ v: 1, all: true, ...cursor })).toString('base64url')),
  '====',
];

const nested = (depth: number): unknown => {
  let value: unknown = own;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileTimes) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileTokens) },
  { weight: 2, arbitrary: fc.constantFrom(...longTexts) },
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

/** JSON of any shape but the one that's asked for. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], [{}], { '': '' }) },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...hostileNumbers) },
  { weight: 1, arbitrary: fc.constantFrom(10, 100, 3_000).map(nested) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(51, 301, 5_000).map((length) => Array.from({ length }, (_, i) => `${own}${i}`)),
  },
  { weight: 1, arbitrary: fc.constantFrom(51, 2_000).map((length) => Array.from({ length }, () => ({}))) },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'then',
    'toJSON',
    'length',
    '',
  ),
  fc.constantFrom(
    '$where',
    'a.b',
    'a[0]',
    '0',
    '~/~',
    '👍',
    '\u0000',
    '\ud800',
    'x'.repeat(5_000),
    'id',
    'candidateId',
  ),
  fc.string({ maxLength: 20 }),
);
