import fc from 'fast-check';
import type { Operation } from './documents.js';
import { placeholder } from './living.js';

export type Header = readonly [name: string, value: string];

const own = placeholder('own');

const rolesOf = ({ app, template }: Operation): fc.Arbitrary<string> => {
  if (template.startsWith('/v1/audit')) return fc.constant('auditor');
  if (template.startsWith('/v1/unmatched-deliveries')) return fc.constant('admin');
  return app === 'command-api' ? fc.constantFrom('service', 'admin') : fc.constantFrom('analyst', 'admin');
};

const bearer = (role: string): Header => ['authorization', `Bearer {{${role}:0}}`];

/** A key that may, and what the operation takes besides. */
export const validHeaders = (operation: Operation): fc.Arbitrary<Header[]> => {
  const takes = new Set(
    operation.parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase()),
  );
  return fc
    .tuple(
      rolesOf(operation).map((role): Header[] => [bearer(role)]),
      takes.has('idempotency-key')
        ? fc.option(
            fc.oneof(
              fc.nat(3).map((n): Header => ['idempotency-key', `${own}-${n}`]),
              fc.nat(40).map((n): Header => ['idempotency-key', `again-${n}`]),
            ),
            { freq: 2 },
          )
        : fc.constant(null),
      takes.has('if-match')
        ? fc.option(
            fc.oneof(
              fc.constant<Header>(['if-match', '*']),
              fc.nat(63).map((at): Header => ['if-match', placeholder('etag', at)]),
            ),
            { freq: 2 },
          )
        : fc.constant(null),
    )
    .map(([key, ...others]) => [...key, ...others.filter((header) => header !== null)]);
};

const garbledKeys: readonly string[] = [
  '',
  'Bearer',
  'Bearer ',
  'bearer {{service:0}}',
  'Bearer  {{service:0}}',
  'Bearer {{service:0}} ',
  'Bearer {{service:0}}x',
  'Bearer {{service:0}},Bearer {{admin:0}}',
  'Basic dXNlcjpwYXNz',
  `Bearer rk_${'0'.repeat(16)}_${'A'.repeat(43)}`,
  `Bearer ${own}`,
  'Bearer rk_',
  "Bearer rk_' OR 1=1_x",
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJhZG1pbiJ9.',
  `Bearer ${'x'.repeat(8_000)}`,
  `Bearer ${'a.'.repeat(2_000)}`,
  'Bearer null',
  'Negotiate YII=',
];

const oneOf = (name: string, ...values: readonly string[]): fc.Arbitrary<Header> =>
  fc.constantFrom(...values).map((value): Header => [name, value]);

/** Changes of the headers that leave the request one that its operation answers. */
export const hostileHeader: fc.Arbitrary<Header> = fc.oneof(
  { weight: 4, arbitrary: oneOf('authorization', ...garbledKeys) },
  { weight: 2, arbitrary: fc.constantFrom('service', 'analyst', 'auditor', 'admin').map(bearer) },
  {
    weight: 3,
    arbitrary: oneOf(
      'content-type',
      'application/json; charset=utf-8',
      'application/json; charset=utf-16',
      'application/json;charset="',
      'application/json, text/plain',
      'application/merge-patch+json',
      'application/problem+json',
      'APPLICATION/JSON',
      'application/x-ndjson',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'text/plain',
      'text/xml',
      'a',
      '/',
      `x/${own}`,
      'application/',
      `application/json; x=${'y'.repeat(3_000)}`,
      '',
    ),
  },
  {
    weight: 2,
    arbitrary: oneOf(
      'if-match',
      '"0", "1"',
      'W/"0"',
      '0',
      '"-1"',
      '"99999999999999999999"',
      '"999999999999999"',
      `"${own}"`,
      '""',
      '*, "0"',
      '\t"0"',
      '',
    ),
  },
  {
    weight: 2,
    arbitrary: oneOf(
      'idempotency-key',
      '',
      ' ',
      `${own} ${own}`,
      'x'.repeat(255),
      'x'.repeat(256),
      `ä${own}`,
      '__proto__',
      '"',
      `${own}'--`,
    ),
  },
  {
    weight: 2,
    arbitrary: oneOf(
      'accept',
      '',
      '*/*',
      'text/html',
      'application/xml',
      'application/json;q=0',
      `;;;${own}`,
      'text/html,'.repeat(500),
      `${'a/'.repeat(200)}b`,
      'application/problem+json',
    ),
  },
  { weight: 1, arbitrary: oneOf('accept-encoding', 'gzip, br, zstd', 'identity;q=0', '*;q=0', own) },
  { weight: 1, arbitrary: oneOf('content-encoding', 'gzip', 'br', 'identity', own) },
  {
    weight: 1,
    arbitrary: oneOf('x-correlation-id', '', `${own} b`, `ü${own}`, '../..', 'x'.repeat(65), `${own}@example.org`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Header>(
      ['x-forwarded-for', `${own}, 127.0.0.1`],
      ['x-forwarded-host', own],
      ['x-http-method-override', 'DELETE'],
      ['range', 'bytes=0-0,-1'],
      ['if-none-match', '*'],
      ['if-modified-since', own],
      ['if-unmodified-since', '0'],
      ['cookie', `a=${own}; __proto__=1`],
      ['origin', `https://${own}.example`],
      ['traceparent', '00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff'],
      ['traceparent', `00-${own}`],
      ['tracestate', 'x'.repeat(2_000)],
      ['baggage', `user=${own}`],
      ['te', 'trailers'],
      ['access-control-request-method', 'DELETE'],
      ['host', `${own}.example`],
      ['host', ''],
      ['max-forwards', '-1'],
    ),
  },
);

/** The same headers, with one replaced, added, sent twice or taken away. */
export const changedHeaders = (headers: fc.Arbitrary<Header[]>): fc.Arbitrary<{ headers: Header[]; why: string }> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(headers, hostileHeader).map(([all, header]) => ({
        headers: [...all.filter(([name]) => name !== header[0]), header],
        why: `${header[0]}: ${header[1].slice(0, 40)}`,
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(headers, hostileHeader).map(([all, header]) => ({
        headers: [...all, header, header],
        why: `twice ${header[0]}`,
      })),
    },
    {
      weight: 1,
      arbitrary: headers.map((all) => ({ headers: all.filter(([name]) => name !== 'authorization'), why: 'no key' })),
    },
  );
