import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from './problem.js';

export class FieldErrorDocument {
  @ApiProperty({ example: '/skills/0/years', description: 'RFC 6901 pointer into the body, or /<parameter>.' })
  pointer!: string;

  @ApiProperty({ example: 'years must not be less than 0' })
  detail!: string;
}

/** RFC 9457 problem details, as the OpenAPI documents describe them. */
export class ProblemDocument {
  @ApiProperty({ example: 'urn:rapport:problem:invalid-request', description: 'Stable; for programs.' })
  type!: string;

  @ApiProperty({ example: 'Invalid request' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiPropertyOptional({ example: 'The request does not fit its description in one place.' })
  detail?: string;

  @ApiPropertyOptional({ example: 'urn:rapport:request:1f0c2a3e-7f0e-4a52-9f6e-0a6f2b8d1c11' })
  instance?: string;

  @ApiPropertyOptional({ type: [FieldErrorDocument] })
  errors?: FieldErrorDocument[];
}

const descriptions: Readonly<Record<number, string>> = {
  400: 'The request is malformed or does not fit its description.',
  401: 'No API key or access token, or one that is not valid.',
  403: 'The caller has no role that may call this.',
  404: 'Not found.',
  409: 'Conflict with what was decided before.',
  412: 'The revision in If-Match is not the current one.',
  413: 'The body is larger than 1 MiB.',
  415: 'Not a content type that this takes.',
  422: 'Well-formed, but not possible; also an Idempotency-Key used again with another request.',
  429: 'The caller, or its address, asks more often or for more at once than it may; see Retry-After.',
  503: 'A server that this needs is not available, or a read model is behind; see Retry-After.',
};

/** Documents the problems that a route answers with; 401, 403, 429 and 503 always are among them. */
export const ApiProblems = (...statuses: number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiExtraModels(ProblemDocument),
    ...[...new Set([...statuses, 401, 403, 429, 503])].map((status) =>
      ApiResponse({
        status,
        description: descriptions[status] ?? 'Problem.',
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemDocument) } } },
      }),
    ),
  );
