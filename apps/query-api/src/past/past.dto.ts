import { IsInstant, Optional } from '#libs/http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { IsPositionToken } from '../freshness/position-token.js';

/** What a read takes that can show any past state. */
export class RecordedQuery extends AfterQuery {
  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position: what Rapport knew then, whenever it happened.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;
}

/** By when it happened, by when it was recorded, or both. */
export class PastQuery extends RecordedQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'Only what had happened by this time, whenever it was recorded.',
  })
  @Optional()
  @IsInstant()
  asOf?: string;
}
