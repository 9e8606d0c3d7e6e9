import { mentionKinds } from '#libs/candidates';
import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MAX_TEXT, OpaqueId } from '../requests/fields.js';
import { ListOf } from '../requests/nested.js';

export class MentionDto {
  @ApiProperty({ enum: mentionKinds, example: 'person' })
  @IsIn(mentionKinds)
  kind!: (typeof mentionKinds)[number];

  @ApiProperty({ example: 'user-17', maxLength: 100, description: 'Opaque id of a user or team.' })
  @OpaqueId()
  id!: string;
}

/** The whole of a note. */
export class NoteDto {
  @ApiProperty({ example: 'Wants to lead a team.', maxLength: MAX_TEXT })
  @Text(MAX_TEXT)
  text!: string;

  @ApiPropertyOptional({ type: [MentionDto], maxItems: 50, description: 'Who of ours should read it.' })
  @Optional()
  @ListOf(() => MentionDto, 50)
  mentions?: MentionDto[];
}
