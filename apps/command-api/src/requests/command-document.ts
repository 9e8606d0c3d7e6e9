import { ApiProblems } from '#libs/http';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { Accepted } from './accepted.js';

interface CommandDocument {
  readonly summary: string;
  /** 201 where something new is there, 200 where something changed. */
  readonly status: 200 | 201;
  /** Besides 400, 413, 415 and 422, which every command can be answered with. */
  readonly problems: readonly number[];
  /** Whether it takes If-Match. */
  readonly conditional?: boolean;
}

const idempotencyKey = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description:
    'The same key with the same body gives the same answer and is done once; with another body, 422. What changed ' +
    'nothing is not remembered: sent again, it is decided anew.',
  example: '6f1b0d3c-add-ada',
});
const ifMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag of the revision that the change is meant for; if there is a newer one, 412.',
  example: '"0"',
});

/** Documents the `:id` of a route, or another id in its path. */
export const ApiId = (name = 'id'): MethodDecorator =>
  ApiParam({ name, format: 'uuid', example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' });

/** Documents a route that's one command. */
export const ApiCommand = ({ summary, status, problems, conditional = false }: CommandDocument): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    idempotencyKey,
    ...(conditional ? [ifMatch] : []),
    ApiResponse({ status, type: Accepted, description: 'Accepted and stored.' }),
    ApiProblems(400, 413, 415, 422, ...problems, ...(conditional ? [412] : [])),
  );
