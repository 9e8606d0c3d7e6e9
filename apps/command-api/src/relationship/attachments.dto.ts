import { attachmentKinds, MEDIA_TYPE } from '#libs/candidates';
import { Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { OptionalText } from '../requests/fields.js';
import { ListOf } from '../requests/nested.js';

const MAX_SIZE = 10_000_000_000;
const SHA256 = '^[0-9a-f]{64}$';

/** A document that lies elsewhere: Rapport keeps no bytes of it. */
export class AttachmentDto {
  @ApiProperty({ enum: attachmentKinds, example: 'resume' })
  @IsIn(attachmentKinds)
  kind!: (typeof attachmentKinds)[number];

  @ApiProperty({ example: 'box 17', maxLength: 2_000, description: 'A URL, or how its store knows it.' })
  @Text(2_000)
  reference!: string;

  @ApiPropertyOptional({ example: 'CV.pdf', maxLength: 200 })
  @OptionalText(200)
  name?: string;

  @ApiProperty({ example: 'application/pdf', maxLength: 127, pattern: MEDIA_TYPE })
  @Text(127)
  @Matches(new RegExp(MEDIA_TYPE), { message: 'must be a media type in lower case, without parameters' })
  mediaType!: string;

  @ApiProperty({ type: 'integer', example: 48_211, minimum: 0, maximum: MAX_SIZE, description: 'In bytes.' })
  @IsInt()
  @Min(0)
  @Max(MAX_SIZE)
  size!: number;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', pattern: SHA256 })
  @Text(64)
  @Matches(new RegExp(SHA256), { message: 'must be a SHA-256 in hexadecimal, in lower case' })
  sha256!: string;
}

export class AttachmentsDto {
  @ApiProperty({ type: [AttachmentDto], maxItems: 100, description: 'The complete list.' })
  @ListOf(() => AttachmentDto, 100)
  attachments!: AttachmentDto[];
}
