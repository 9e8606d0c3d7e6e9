import fc from 'fast-check';
import { broken, nearly } from './body-mutations.js';
import type { Operation } from './documents.js';
import { changedHeaders, validHeaders, type Header } from './headers.js';
import type { RequestPlan } from './request-plan.js';
import { hostileParameters, otherTargets, validTarget } from './targets.js';
import { validValue } from './valid-values.js';
import { wireForm } from './wire-forms.js';

const NDJSON = 'application/x-ndjson';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH'];

interface Body {
  readonly body: RequestPlan['body'];
  readonly value?: unknown;
  readonly why: string;
}

/** What one line of a bulk body holds, by the address that takes it alone. */
const lineSchema = ({ template }: Operation): string =>
  template.includes('/candidates/')
    ? 'AddCandidateDto'
    : template.includes('/pools/')
      ? 'AddMemberDto'
      : 'RecordAddressedInteractionDto';

const oneValue = (operation: Operation): fc.Arbitrary<unknown> => {
  if (!operation.body) return fc.constant(undefined);
  const { mediaType, schema } = operation.body;
  return validValue(
    operation,
    mediaType === NDJSON ? { $ref: `#/components/schemas/${lineSchema(operation)}` } : schema,
  );
};

const lines = (each: fc.Arbitrary<Body>): fc.Arbitrary<Body> =>
  fc.tuple(fc.array(each, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\n\n')).map(([all, end]) => ({
    body: Buffer.concat(all.flatMap(({ body }) => [Buffer.from(body ?? ''), Buffer.from(end)])),
    value: undefined,
    why: `lines: ${all.map(({ why }) => why).join('; ')}`.slice(0, 120),
  }));

const validBody = (operation: Operation): fc.Arbitrary<Body> => {
  if (!operation.body) return fc.constant({ body: undefined, why: '' });
  const one = oneValue(operation).map((value): Body => ({ body: JSON.stringify(value), value, why: 'valid' }));
  return operation.body.mediaType === NDJSON ? lines(one) : one;
};

const changedBody = (operation: Operation): fc.Arbitrary<Body> => {
  const value = oneValue(operation);
  const one = fc.oneof(
    {
      weight: 4,
      arbitrary: nearly(value).map(({ value: changed, why }): Body => ({
        body: JSON.stringify(changed),
        value: changed,
        why,
      })),
    },
    { weight: 1, arbitrary: broken(value).map(({ text, why }): Body => ({ body: text, value: undefined, why })) },
  );
  return operation.body?.mediaType === NDJSON
    ? lines(
        fc.oneof(
          one,
          value.map((whole): Body => ({ body: JSON.stringify(whole), why: 'valid' })),
        ),
      )
    : one;
};

/** One that each part of a request can be put in the place of. */
const validPlan = (operation: Operation): fc.Arbitrary<RequestPlan> =>
  fc.tuple(validTarget(operation), withType(operation), validBody(operation)).map(([target, headers, body]) => ({
    operation,
    method: operation.method,
    target,
    headers,
    reaches: true,
    ...body,
    why: 'valid',
  }));

const withType = (operation: Operation): fc.Arbitrary<Header[]> =>
  validHeaders(operation).map((headers) =>
    operation.body ? [...headers, ['content-type', operation.body.mediaType] as const] : headers,
  );

const plansOf = (operation: Operation): fc.Arbitrary<RequestPlan> => {
  const valid = validPlan(operation);
  const put = (part: fc.Arbitrary<Partial<RequestPlan>>): fc.Arbitrary<RequestPlan> =>
    fc.tuple(valid, part).map(([plan, change]) => ({ ...plan, ...change }));
  return fc.oneof(
    { weight: 30, arbitrary: valid },
    { weight: operation.body ? 34 : 0, arbitrary: put(changedBody(operation)) },
    { weight: 14, arbitrary: put(hostileParameters(operation)) },
    { weight: 10, arbitrary: put(changedHeaders(withType(operation))) },
    { weight: 4, arbitrary: put(otherTargets(operation).map((other) => ({ ...other, reaches: false }))) },
    {
      weight: 3,
      arbitrary: put(
        fc.constantFrom(...METHODS).map((method) => ({ method, why: `method ${method}`, reaches: false })),
      ),
    },
    {
      weight: operation.body ? 0 : 2,
      arbitrary: put(
        fc
          .constantFrom('{}', '[]', 'x', '{"a":')
          .map((body) => ({ body, why: 'a body that is not asked for', reaches: false })),
      ),
    },
    { weight: 5, arbitrary: put(wireForm.map((wire) => ({ wire, why: `on the wire: ${wire.why}`, reaches: false }))) },
  );
};

/** Commands and queries are what matters; the few public addresses are there too. */
const weightOf = ({ template }: Operation): number => (template.startsWith('/v1/') ? 8 : 1);

/** Requests of all kinds to all operations. */
export const requestPlans = (operations: readonly Operation[]): fc.Arbitrary<RequestPlan> =>
  fc.oneof(...operations.map((operation) => ({ weight: weightOf(operation), arbitrary: plansOf(operation) })));
