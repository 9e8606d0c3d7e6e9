import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { SourceDto } from '../../candidates/candidate-parts.dto.js';
import { OptionalOpaqueId, OptionalText } from '../../requests/fields.js';
import { One } from '../../requests/nested.js';

/** `event.invited`, `event.registered`, `event.attended`. */
export class HappeningData {
  @ApiPropertyOptional({ example: 'evt-88' })
  @OptionalOpaqueId()
  eventId?: string;

  @ApiProperty({ example: 'Spring meetup', maxLength: 200 })
  @Text(200)
  name!: string;

  @ApiPropertyOptional({ example: 'Meetups', maxLength: 200 })
  @OptionalText(200)
  series?: string;
}

class ContentData {
  @ApiPropertyOptional({ example: 'post-12' })
  @OptionalOpaqueId()
  contentId?: string;

  @ApiProperty({ example: 'How we deploy', maxLength: 300 })
  @Text(300)
  title!: string;
}

export class ContentSharedData extends ContentData {
  @ApiPropertyOptional({ example: 'email', maxLength: 60 })
  @OptionalText(60)
  channel?: string;
}

export class ContentViewedData extends ContentData {
  @ApiPropertyOptional({ example: '192.0.2.7', maxLength: 60 })
  @OptionalText(60)
  ip?: string;

  @ApiPropertyOptional({ example: 'Mozilla/5.0', maxLength: 2_000 })
  @OptionalText(2_000)
  userAgent?: string;

  @ApiPropertyOptional({ example: false, description: 'Whether the provider says that a crawler or a scanner did it.' })
  @Optional()
  @IsBoolean()
  machine?: boolean;
}

export class FormSubmittedData {
  @ApiPropertyOptional({ example: 'form-3' })
  @OptionalOpaqueId()
  formId?: string;

  @ApiProperty({ type: SourceDto, description: 'Where they came by the form. Their own source stays as it is.' })
  @One(() => SourceDto)
  source!: SourceDto;
}
