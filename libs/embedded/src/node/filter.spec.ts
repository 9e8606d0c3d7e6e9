import { describe, expect, it } from '@jest/globals';
import { recordFilter } from './filter.js';

const event = { stream: 'candidate-1', type: 'email.opened' };

describe('A filter', () => {
  it.each([
    [{ on: 'stream', prefixes: ['pool-', 'candidate-'] }, true],
    [{ on: 'stream', prefixes: ['andidate-'] }, false],
    [{ on: 'type', prefixes: ['email.'] }, true],
    [{ on: 'type', prefixes: ['candidate-'] }, false],
    [{ on: 'type', prefixes: [], regex: '^[^$]' }, true],
    [{ on: 'type', prefixes: [], regex: 'opened$' }, true],
    [{ on: 'type', prefixes: [], regex: '^opened' }, false],
    [{ on: 'stream', prefixes: [], regex: String.raw`^candidate\-\d$` }, true],
    [{ on: 'stream', prefixes: [], regex: '' }, true],
  ] as const)('%j says %s', (expression, wanted) => {
    expect(recordFilter(expression)(event)).toBe(wanted);
  });

  it('leaves out the store’s own events as the client asks for it', () => {
    const ours = recordFilter({ on: 'type', prefixes: [], regex: String.raw`^[^\$].*` });
    expect([ours(event), ours({ stream: '$$x', type: '$metadata' })]).toEqual([true, false]);
  });

  it('isn’t made of what is no regular expression', () => {
    expect(() => recordFilter({ on: 'type', prefixes: [], regex: '(' })).toThrow(SyntaxError);
  });
});
