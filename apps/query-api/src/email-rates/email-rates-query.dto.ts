import { IsInstant, Optional } from '#libs/http';
import { emailRateDimensions, type EmailRateDimension } from '#projections/timeline';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsIn, IsInt, Max, Min } from 'class-validator';
import { CommaList } from '../comma-list.js';
import { PastQuery } from '../past/past.dto.js';
import { DEFAULT_DAYS, MOST_DAYS } from './rated-time.js';

const GROUPS = 200;
const MOST_GROUPS = 1_000;

/** As of a past state, its verdicts and merges are those that Rapport knew then. */
export class EmailRatesQuery extends PastQuery {
  @ApiPropertyOptional({
    example: '2026-02-01',
    description:
      'Messages that were delivered, or bounced, from this time on; ISO 8601 with an offset, or a date. ' +
      `${DEFAULT_DAYS} days before \`to\`, unless given; at most ${MOST_DAYS}.`,
  })
  @Optional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-03-01',
    description: 'Messages before this time. `asOf`, unless given, or now.',
  })
  @Optional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'campaign,month',
    description:
      'What to group by: campaign, month (in UTC), provider, or several between commas. Only the total, unless given.',
  })
  @Optional()
  @CommaList()
  @IsIn(emailRateDimensions, { each: true })
  @ArrayUnique()
  by: EmailRateDimension[] = [];

  @ApiPropertyOptional({
    type: Number,
    example: GROUPS,
    minimum: 1,
    maximum: MOST_GROUPS,
    default: GROUPS,
    description: 'Groups, at most: those with the most messages delivered.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_GROUPS)
  limit = GROUPS;
}
