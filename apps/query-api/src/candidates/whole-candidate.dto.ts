import { ApiProperty } from '@nestjs/swagger';
import { PositionDocument, StudiesDocument } from '../relationship/background.dto.js';
import { CandidateDocument } from './candidate.dto.js';

/** A person with what a list of many doesn't show. */
export class WholeCandidateDocument extends CandidateDocument {
  @ApiProperty({
    type: [String],
    example: ['0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4'],
    description: 'Ids that were merged into this one: all of them answer with this person.',
  })
  mergedIds!: string[];

  @ApiProperty({ type: [PositionDocument] })
  workHistory!: PositionDocument[];

  @ApiProperty({ type: [StudiesDocument] })
  education!: StudiesDocument[];
}
