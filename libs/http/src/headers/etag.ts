import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.js';

/** The entity tag of a stream's revision. */
export const etag = (revision: number): string => `"${revision}"`;

const strongTag = /^"(\d{1,15})"$/;

/**
 * The revision that an If-Match header names. Undefined where there's none, and for `*`, which asks only that the
 * thing exists. Throws a 400 problem for anything that `etag` can't have made, lists and weak tags among it.
 */
export const parseIfMatch = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const match = strongTag.exec(header.trim());
  if (!match) {
    throw new ProblemError(400, 'bad-if-match', {
      detail: 'If-Match must be an ETag as this API gives it, one number in double quotes such as "3", or *.',
    });
  }
  return Number(match[1]);
};

/** Parameter decorator: the revision of If-Match, or undefined. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined =>
  parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
