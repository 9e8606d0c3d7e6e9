import { ApiProperty } from '@nestjs/swagger';
import { PositionDocument, StudiesDocument } from '../relationship/background.dto.js';
import { CandidateDocument } from './candidate.dto.js';

/** A person with what a list of many doesn't show. */
export class WholeCandidateDocument extends CandidateDocument {
  @ApiProperty({ type: [PositionDocument] })
  workHistory!: PositionDocument[];

  @ApiProperty({ type: [StudiesDocument] })
  education!: StudiesDocument[];
}
