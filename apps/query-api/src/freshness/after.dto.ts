import { Optional } from '#libs/http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsPositionToken } from './position-token.js';

/** What every read takes. */
export class AfterQuery {
  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description:
      'A position token, as commands answer with it. The answer waits until it reflects that command; if that takes too long, or what it asks for was set aside, it is 503.',
  })
  @Optional()
  @IsPositionToken()
  after?: string;
}
