import { ProblemError } from '#libs/http';

/** 404 for a candidate that the read model, or the log, doesn't hold. */
export const candidateUnknown = (): ProblemError =>
  new ProblemError(404, 'candidate-unknown', {
    detail: 'There is no candidate with this id. One added a moment ago is found with after=<position token>.',
  });

/** 400 for a cursor that no page ended with, or that belongs to another query. */
export const badCursor = (): ProblemError =>
  new ProblemError(400, 'bad-cursor', {
    detail: 'The cursor must be the nextCursor of a page of the same query, unchanged. Leave it out to start anew.',
    errors: [{ pointer: '/cursor', detail: 'must be the nextCursor of a page of the same query' }],
  });
