import { liveModel } from '#libs/scoring';
import fc from 'fast-check';
import type { Operation } from './documents.js';
import { hostileText, hostileTexts, hostileTimes, hostileTokens } from './hostile-values.js';
import type { Schema } from './json-schema.js';
import { placeholder } from './living.js';
import { fitModelRef, validValue } from './valid-values.js';

const own = placeholder('own');

/** `encodeURIComponent` that takes broken Unicode, and leaves placeholders be. */
export const encode = (text: string): string =>
  text
    .split(/(\{\{[a-z]+:\d+\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'))))
    .join('');

const livingKind = ({
  template,
}: Operation):
  | 'application'
  | 'candidate'
  | 'field'
  | 'form'
  | 'history'
  | 'member'
  | 'merge'
  | 'note'
  | 'past'
  | 'plan'
  | 'pool'
  | 'search' => {
  if (template.includes('/members/{')) return 'member';
  if (template.includes('/notes/{')) return 'note';
  if (template.includes('/pools/')) return 'pool';
  if (template.includes('/saved-searches/')) return 'search';
  if (template.includes('/custom-fields/')) return 'field';
  if (template.includes('/hygiene/plans/')) return 'plan';
  if (template.includes('/sign-up-forms/')) return 'form';
  if (template.includes('/merges/')) return 'merge';
  if (template.includes('/past-states/')) return 'past';
  if (template.includes('/segment-histories/')) return 'history';
  return template.includes('/applications/') ? 'application' : 'candidate';
};

const livingId = (operation: Operation): fc.Arbitrary<string> =>
  fc.nat(63).map((at) => placeholder(livingKind(operation), at));

/** A member's is one placeholder for both of its ids, and so is a note's; anything else stands for each. */
const isPath = /\{id\}\/(?:members|notes)\/\{[a-zA-Z]+\}|\{[a-zA-Z]+\}/;
const fill = ({ template }: Operation, id: string): string =>
  template.replace(isPath, (found) => {
    const part = /\/(members|notes)\//.exec(found)?.[0];
    return part === undefined || /^\{\{(member|note):/.test(id) ? id : `${id}${part}${id}`;
  });

/** The address with ids of what lives, or now and then of nothing. */
export const validPath = (operation: Operation): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 15, arbitrary: livingId(operation) },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: fc.uuid().map((id) => id.toUpperCase()) },
    )
    .map((id) => fill(operation, id));

type Pairs = readonly (readonly [name: string, value: string])[];

const queryText = (pairs: Pairs): string =>
  pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`;

/** Parameters that name a scoring model: few numbers do. */
const modelParameters = new Set(['model', 'models', 'one', 'other']);
const valueOf = (operation: Operation, name: string, schema: Schema): fc.Arbitrary<unknown> =>
  name === 'model' && operation.template.endsWith('/fit')
    ? fitModelRef
    : modelParameters.has(name)
      ? fc.constantFrom(liveModel.version, 1_000)
      : validValue(operation, schema);

const validPairs = (operation: Operation): fc.Arbitrary<Pairs> => {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .tuple(
      ...parameters.map(({ name, required, schema }) =>
        fc.option(
          valueOf(operation, name, schema).map((value) => [name, String(value)] as const),
          {
            freq: required ? 1_000 : 1,
          },
        ),
      ),
    )
    .map((pairs) => pairs.filter((pair) => pair !== null));
};

export const validTarget = (operation: Operation): fc.Arbitrary<string> =>
  fc.tuple(validPath(operation), validPairs(operation)).map(([path, pairs]) => path + queryText(pairs));

/** Sent as they are. */
const rawQueries: readonly string[] = [
  '?',
  '??',
  '?&&&',
  '?=',
  '?=a',
  '?%',
  '?%zz=%',
  '?limit=%',
  '?limit=%00',
  '?limit[]=1&limit[]=2',
  '?limit[a]=1',
  '?limit=1&limit=2',
  '?limit=0x10',
  '?limit=1e2',
  '?limit=%2B5',
  '?limit=+5',
  '?limit=5.0',
  '?limit=',
  '?limit=1e400',
  '?limit=NaN',
  '?limit=Infinity',
  '?limit=-0',
  '?limit=%D9%A3',
  '?at=2026-01-01T00:00:00+02:00',
  '?__proto__=1',
  '?__proto__[limit]=1',
  '?constructor=1',
  '?toString=1&hasOwnProperty=2',
  '?after=p1-0-0&after=p1-1-1',
  '?after=p1-9223372036854775807-9223372036854775807',
  '?by=source,role&by=role',
  '?by=source,,role',
  '?by=,',
  '?by=source,source',
  '?by=__proto__',
  '?band=hot&band=cold',
  '?cursor=',
  '?types=email.opened,__proto__',
  `?unknown=${own}`,
  `?from=${own}&to=${own}`,
  `?${'a=1&'.repeat(2_000)}`,
  `?cursor=${'x'.repeat(9_000)}`,
  '?a=1#b',
  '?a=1;b=2',
];

/** The right address, with a hostile id or query: the operation answers it. */
export const hostileParameters = (operation: Operation): fc.Arbitrary<{ target: string; why: string }> => {
  const named = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const text = fc.oneof(hostileText, fc.constantFrom(...hostileTexts, ...hostileTimes, ...hostileTokens));
  return fc.oneof(
    {
      weight: isPath.test(operation.template) ? 2 : 0,
      arbitrary: fc
        .tuple(
          text.filter((value) => value !== '' && value !== '.' && value !== '..'),
          validPairs(operation),
        )
        // A path segment that's too long is refused by the router, before there's an operation.
        .map(([id, pairs]) => ({
          target: fill(operation, encode(id).slice(0, 90)) + queryText(pairs),
          why: 'a hostile id',
        }))
        .filter(({ target }) => !/%[0-9A-F]?$|%[0-9A-F]?\?/.test(target)),
    },
    {
      weight: named.length > 0 ? 4 : 0,
      arbitrary: fc
        .tuple(validPath(operation), validPairs(operation), fc.constantFrom(...named, 'x'), text)
        .map(([path, pairs, name, value]) => ({
          target: path + queryText([...pairs.filter(([other]) => other !== name), [name, value.slice(0, 2_000)]]),
          why: `hostile ${name}`,
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(validPath(operation), fc.constantFrom(...rawQueries))
        .map(([path, query]) => ({ target: path + query, why: 'a hostile query' })),
    },
  );
};

/** Addresses beside the right one. */
export const otherTargets = (operation: Operation): fc.Arbitrary<{ target: string; why: string }> =>
  fc
    .tuple(
      validPath(operation),
      fc.constantFrom<readonly [string, (path: string) => string]>(
        ['a slash at the end', (path) => `${path}/`],
        ['a slash at the front', (path) => `/${path}`],
        ['capitals', (path) => path.replace(/^\/[a-z0-9]+/, (part) => part.toUpperCase())],
        ['dots', (path) => `/v1/../..${path}`],
        ['encoded dots', (path) => `/%2e%2e${path}`],
        ['encoded slashes', (path) => path.replaceAll('/', '%2f').replace('%2f', '/')],
        ['a NUL', (path) => `${path}%00`],
        ['broken encoding', (path) => `${path}%`],
        ['broken UTF-8', (path) => `${path}%ff%fe`],
        ['a parameter in the path', (path) => `${path};${own}=1`],
        ['something more', (path) => `${path}/${own}`],
        ['a file', () => `/../../etc/${own}`],
        ['a prototype', () => '/__proto__'],
        ['far too long', (path) => path + 'x'.repeat(7_000)],
        ['longer than headers may be', (path) => path + 'x'.repeat(70_000)],
        ['nothing', () => '/'],
        ['docs', () => '/docs/../docs/openapi.json%00'],
        ['a file of the docs', () => `/docs/${own}.js`],
      ),
    )
    .map(([path, [why, change]]) => ({ target: change(path), why }));
