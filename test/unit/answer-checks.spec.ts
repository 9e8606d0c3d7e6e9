import { describe, expect, it } from '@jest/globals';
import { faultsOf } from '../fuzz/answer-checks.js';
import { operationsOf } from '../fuzz/documents.js';
import { ownWords } from '../fuzz/living.js';

const [operation] = operationsOf('query-api', {
  paths: {
    '/v1/things': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', required: ['a'] } } } },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          400: {},
          503: {},
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: { type: 'object', properties: { a: { type: 'string', nullable: true } }, required: ['a'] },
      ProblemDocument: { type: 'object', required: ['type', 'title', 'status'] },
    },
  },
});

const words = ownWords(7);
const problem = (status: number, detail = ''): string =>
  JSON.stringify({ type: `urn:rapport:problem:of-${status}`, title: 'A problem', status, detail });

/** What's found in an answer to `POST /v1/things` with that body. */
const found = (
  status: number,
  text: string,
  headers: Record<string, string> = { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' },
  sent = '{"a":1}',
): string[] => {
  if (!operation) throw new Error('The document has one operation.');
  const plan = { operation, why: '', method: 'POST', target: '/', headers: [], body: sent, value: {}, reaches: true };
  return faultsOf(plan, sent, { status, headers, text, milliseconds: 1 }, words);
};

describe('the checks of an answer', () => {
  it('find nothing in what is as declared', () => {
    expect(found(200, '{"a":null}')).toEqual([]);
    expect(found(400, problem(400, 'must be a date'))).toEqual([]);
    expect(found(503, problem(503), { 'content-type': 'application/problem+json', 'retry-after': '1' })).toEqual([]);
  });

  it.each([
    ['a bug', 500, problem(500), 'a 500'],
    ['a status that is not declared', 409, problem(409), "a 409, which isn't declared"],
    ['a redirect', 302, '', 'a 302'],
    ['an answer without a field', 200, '{}', "an answer that its schema doesn't allow"],
    ['an answer with a wrong type', 200, '{"a":1}', "an answer that its schema doesn't allow"],
    ['a problem without a type', 400, '{"title":"a","status":400}', "a problem that its schema doesn't allow"],
    ['another status in the problem', 400, problem(404), 'a problem of 404'],
    ['a stack trace', 400, problem(400, 'Error\n    at run (a.js)'), 'a stack trace'],
    ['a file', 400, problem(400, '/app/node_modules/x'), 'a file'],
    ['SQL', 400, problem(400, 'SELECT a FROM b'), 'SQL'],
    ['a library', 400, problem(400, 'FST_ERR_CTP'), 'a library'],
    ['a word of the request', 400, problem(400, words.own), 'what came'],
    ['personal data of the request', 400, problem(400, words.secret), 'what came'],
    ['a 503 that does not say when', 503, problem(503), 'a 503 without Retry-After'],
  ])('find %s', (_what, status, text, fault) => {
    expect(found(status, text)).toContainEqual(expect.stringContaining(fault));
  });

  it('find an error that is no problem document', () => {
    expect(found(400, problem(400), { 'content-type': 'application/json' })).toHaveLength(1);
  });

  it('find a body taken that the document does not allow', () => {
    expect(found(200, '{"a":"b"}', undefined, '{}')).toEqual([expect.stringContaining('a body accepted')]);
  });
});
