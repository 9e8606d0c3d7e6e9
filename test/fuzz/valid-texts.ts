import fc from 'fast-check';
import type { Schema } from './json-schema.js';
import { placeholder } from './living.js';

const own = placeholder('own');
const secret = placeholder('secret');

/** Fields that the log holds sealed, and what's said in them. */
export const sealed = new Set([
  'full',
  'given',
  'family',
  'summary',
  'text',
  'note',
  'notes',
  'subject',
  'ip',
  'userAgent',
  'messageId',
]);
export const sealedText = fc.constantFrom(secret, `${secret} Ünïcode`, `O'${secret}`, `${secret}\n日本語 👩‍💻`);

const isUuid = /^[0-9a-f]{8}-/;
const isTime = /^\d{4}-\d\d-\d\d/;

const word = fc.oneof(
  fc.constantFrom(own, `${own} Ünïcode`, `${own} 日本語`, `O'${own}`, `${own} & Söhne`, `${own} 👩‍💻`),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => own + text),
);

const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-01-01'), noInvalidDate: true });
const validTime: fc.Arbitrary<string> = fc.oneof(
  day.map((date) => date.toISOString()),
  day.map((date) => date.toISOString().slice(0, 10)),
  day.map((date) => date.toISOString().replace('Z', '+05:30')),
);

/** Of one of the things that live. */
export const index = fc.nat(63);
export const livingCandidate = index.map((at) => placeholder('candidate', at));

/** A contact point; several in one request are different ones. */
export const address = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9).map((n) => ({ kind: 'email', value: `${secret}.${n}@example.org` })) },
  {
    weight: 1,
    arbitrary: fc.nat(9_999).map((n) => ({ kind: 'phone', value: `+1512555${String(n).padStart(4, '0')}` })),
  },
  {
    weight: 1,
    arbitrary: fc.nat(9).map((n) => ({ kind: 'profile-url', value: `https://example.org/in/${secret}-${n}` })),
  },
);

/** Somebody who is known by an address, mostly. */
export const recipient = fc.oneof(
  { weight: 4, arbitrary: index.map((at) => ({ kind: 'email', value: placeholder('address', at) })) },
  { weight: 1, arbitrary: address },
  { weight: 1, arbitrary: fc.constant({ kind: 'external:greenhouse', value: own }) },
);

/** Text as its schema describes it; what it is in particular is told by its example. */
export const text = ({ enum: words, example, maxLength = 60, pattern }: Schema): fc.Arbitrary<string> => {
  const like = typeof example === 'string' ? example : '';
  if (words) return fc.constantFrom(...(words as string[]));
  if (isUuid.test(like)) return livingCandidate;
  if (isTime.test(like)) return validTime;
  if (like.startsWith('p1-')) return index.map((at) => placeholder('position', at));
  if (pattern !== undefined || /^[A-Z]{2}$/.test(like)) return fc.constant(like);
  // What looks like a token or a code is one; anything else is free text.
  if (/^(eyJ|[a-z]+-\d+$)/.test(like)) return fc.constant(like);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(like || own) },
    { weight: 2, arbitrary: word.filter((value) => value.length <= maxLength) },
    { weight: 1, arbitrary: fc.constant('y'.repeat(maxLength)) },
  );
};

export const number = ({ example, minimum = 0, maximum = 1_000 }: Schema): fc.Arbitrary<number> => {
  // An example with a fraction is the document's only way to say that fractions are fine.
  if (typeof example === 'number' && !Number.isInteger(example))
    return fc.double({ min: minimum, max: maximum, noNaN: true });
  return fc.integer({ min: minimum, max: maximum });
};
