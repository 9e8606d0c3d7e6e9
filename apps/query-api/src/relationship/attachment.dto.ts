import { attachmentKinds } from '#libs/candidates';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A document that lies elsewhere. */
export class AttachmentDocument {
  @ApiProperty({ enum: attachmentKinds, example: 'resume' })
  kind!: string;

  @ApiProperty({ example: 'https://files.example.com/r/8841' })
  reference!: string;

  @ApiPropertyOptional({ example: 'CV.pdf' })
  name?: string;

  @ApiProperty({ example: 'application/pdf' })
  mediaType!: string;

  @ApiProperty({ example: 48_211, description: 'In bytes.' })
  size!: number;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;
}
