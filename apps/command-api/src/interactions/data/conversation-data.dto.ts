import { callOutcomes } from '#libs/candidates';
import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { MAX_TEXT, OpaqueId, OptionalOpaqueId, OptionalText } from '../../requests/fields.js';

const meetingFormats = ['in-person', 'video', 'phone'] as const;
const SECONDS_A_DAY = 86_400;

export class CallMadeData {
  @ApiProperty({ enum: callOutcomes, example: 'answered' })
  @IsIn(callOutcomes)
  outcome!: (typeof callOutcomes)[number];

  @ApiPropertyOptional({ example: 300, minimum: 0, maximum: SECONDS_A_DAY })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(SECONDS_A_DAY)
  durationSeconds?: number;

  @ApiPropertyOptional({ example: 'Wants to move in autumn.', maxLength: MAX_TEXT })
  @OptionalText(MAX_TEXT)
  notes?: string;
}

export class MeetingHeldData {
  @ApiProperty({ enum: meetingFormats, example: 'video' })
  @IsIn(meetingFormats)
  format!: (typeof meetingFormats)[number];

  @ApiPropertyOptional({ example: 'Met the team.', maxLength: MAX_TEXT })
  @OptionalText(MAX_TEXT)
  notes?: string;
}

export class ReferralMadeData {
  @ApiProperty({ example: 'user-23', description: 'Opaque id of the user who referred the candidate.' })
  @OpaqueId()
  referrerId!: string;

  @ApiPropertyOptional({ example: 'Software engineer', maxLength: 200 })
  @OptionalText(200)
  role?: string;

  @ApiPropertyOptional({ example: 'req-104' })
  @OptionalOpaqueId()
  requisitionId?: string;

  @ApiPropertyOptional({ example: 'We worked together.', maxLength: MAX_TEXT })
  @OptionalText(MAX_TEXT)
  notes?: string;
}

export class NoteAddedData {
  @ApiProperty({ example: 'Prefers calls after five.', maxLength: MAX_TEXT })
  @Text(MAX_TEXT)
  text!: string;
}

export class InterestExpressedData {
  @ApiProperty({ example: 'backend', maxLength: 100, description: 'The area.' })
  @Text(100)
  interest!: string;

  @ApiPropertyOptional({ example: 'Backend engineer', maxLength: 200, description: 'The title asked for.' })
  @OptionalText(200)
  role?: string;

  @ApiPropertyOptional({ example: 'career-fair', maxLength: 60 })
  @OptionalText(60)
  channel?: string;
}
