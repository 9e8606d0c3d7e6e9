import { replySentiments } from '#libs/candidates';
import { Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { MAX_TEXT, OptionalOpaqueId, OptionalText } from '../../requests/fields.js';

const bounceKinds = ['hard', 'soft'] as const;

/** `email.delivered`, `email.complained`. */
export class MessageData {
  @ApiPropertyOptional({ example: '<17@mail.example.com>', maxLength: 500, description: "The provider's id." })
  @OptionalText(500)
  messageId?: string;

  @ApiPropertyOptional({ example: 'spring-campus' })
  @OptionalOpaqueId()
  campaignId?: string;
}

export class EmailSentData extends MessageData {
  @ApiPropertyOptional({ example: 'Shall we talk?', maxLength: 500 })
  @OptionalText(500)
  subject?: string;
}

/** `email.opened`: what a mail client did, or what acted in its name. */
export class EmailOpenedData extends MessageData {
  @ApiPropertyOptional({ example: '192.0.2.7', maxLength: 60 })
  @OptionalText(60)
  ip?: string;

  @ApiPropertyOptional({ example: 'Mozilla/5.0', maxLength: 2_000 })
  @OptionalText(2_000)
  userAgent?: string;

  @ApiPropertyOptional({
    example: false,
    description: 'Whether the provider says that a mail proxy or a scanner did it. Only human acts count as interest.',
  })
  @Optional()
  @IsBoolean()
  machine?: boolean;
}

export class EmailClickedData extends EmailOpenedData {
  @ApiPropertyOptional({ example: 'https://example.com/jobs/17', maxLength: 2_000 })
  @OptionalText(2_000)
  url?: string;
}

export class EmailRepliedData extends MessageData {
  @ApiProperty({ enum: replySentiments, example: 'interested' })
  @IsIn(replySentiments)
  sentiment!: (typeof replySentiments)[number];

  @ApiPropertyOptional({ example: 'Tell me more.', maxLength: MAX_TEXT })
  @OptionalText(MAX_TEXT)
  text?: string;
}

export class EmailBouncedData extends MessageData {
  @ApiProperty({ enum: bounceKinds, example: 'hard' })
  @IsIn(bounceKinds)
  kind!: (typeof bounceKinds)[number];

  @ApiPropertyOptional({ example: '550 5.1.1 no such user', maxLength: 2_000 })
  @OptionalText(2_000)
  reason?: string;
}

/** `email.deferred`: not yet. `email.dropped`: not at all. */
export class EmailNotDeliveredData extends MessageData {
  @ApiPropertyOptional({ example: '451 4.7.1 greylisted', maxLength: 2_000 })
  @OptionalText(2_000)
  reason?: string;
}

/** `email.unsubscribed`, `email.resubscribed`. */
export class EmailUnsubscribedData extends MessageData {
  @ApiPropertyOptional({ example: 'newsletter', maxLength: 100 })
  @OptionalText(100)
  topic?: string;
}
