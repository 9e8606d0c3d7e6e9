import type { CommandOutcome } from '#libs/event-store';
import { etag, problem } from '#libs/http';
import { encodePosition, type Refusal, type Result } from '#libs/kernel';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

/** What an accepted command is answered with; the same again when it's sent again. */
export class Accepted {
  @ApiProperty({
    example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4',
    description:
      'Of the candidate, application, merge, pool, membership or saved search; of a scoring model, its version; of a custom field, its key.',
  })
  id!: string;

  @ApiProperty({ example: 0, description: 'Of the stream that the command was decided on; counts from 0.' })
  revision!: number;

  @ApiProperty({
    example: 'p1-4711-4711',
    description: 'Give it to the query API as `after` to read what this command wrote.',
  })
  position!: string;
}

/** The answer to a command; throws the problem that a refusal is. */
export const accepted = (id: string, result: Result<CommandOutcome, Refusal>): Accepted => {
  if (!result.ok) throw problem(result.error);
  return { id, revision: result.value.revision, position: encodePosition(result.value.position) };
};

/** Sets the ETag to the revision of the stream that If-Match is about. */
export const withETag = (reply: FastifyReply, answer: Accepted): Accepted => {
  void reply.header('etag', etag(answer.revision));
  return answer;
};
