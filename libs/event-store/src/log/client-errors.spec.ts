import { DeadlineExceededError, UnavailableError, UnknownError } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { EventStoreUnavailableError } from '../errors.js';
import { translate } from './client-errors.js';

describe('What the client throws', () => {
  it.each([
    ['a node away', new UnavailableError()],
    ['a deadline', new DeadlineExceededError()],
    ['a node that is not ready', new UnknownError(undefined, 'Could not recognize Server Is Not Ready')],
    ['a node that is too busy', new UnknownError(undefined, 'Could not recognize Server Is Busy')],
    ['no node at all', new Error('Failed to discover after 10 attempts.')],
    ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
  ])('is an outage, which passes: %s', (_, error) => {
    expect(translate(error, 'candidate-1')).toBeInstanceOf(EventStoreUnavailableError);
  });

  it('is a bug where it is nothing that is known', () => {
    const bug = new TypeError('x is not a function');
    expect(translate(bug, 'candidate-1')).toBe(bug);
  });
});
