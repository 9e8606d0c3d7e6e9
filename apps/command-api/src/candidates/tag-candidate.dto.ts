import { Optional } from '#libs/http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Words } from '../requests/nested.js';

/** Tags to add and to remove. Adding one that's there, or removing one that isn't, changes nothing. */
export class TagCandidateDto {
  @ApiPropertyOptional({ type: [String], example: ['silver-medalist'], maxItems: 200 })
  @Optional()
  @Words(200, 100)
  add?: string[];

  @ApiPropertyOptional({ type: [String], example: ['cold'], maxItems: 200 })
  @Optional()
  @Words(200, 100)
  remove?: string[];
}
