import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ShareDocument {
  @ApiProperty({ type: 'integer', example: 312, description: 'Messages.' })
  count!: number;

  @ApiProperty({ type: 'integer', example: 1_204, description: 'Of so many messages.' })
  of!: number;

  @ApiProperty({ type: Number, nullable: true, example: 0.259136, description: 'To six places; null of none.' })
  rate!: number | null;
}

const ofDelivered = (what: string) => ({ type: ShareDocument, description: `${what}, of those delivered.` });

export class SharesByAgentDocument {
  @ApiProperty(ofDelivered('Opened, or clicked in, by a human'))
  human!: ShareDocument;

  @ApiProperty(ofDelivered('Opened, or clicked in, by no human, and by somebody of whom it cannot be told'))
  unknown!: ShareDocument;

  @ApiProperty(ofDelivered('Opened, or clicked in, by machines only'))
  machine!: ShareDocument;

  @ApiProperty(ofDelivered('Opened, or clicked in, by anybody: the three together, which is what providers show'))
  anybody!: ShareDocument;
}

export class EmailRateNumbersDocument {
  @ApiProperty({ type: 'integer', example: 1_220, description: 'Messages to people that were delivered or bounced.' })
  messages!: number;

  @ApiProperty({ type: ShareDocument, description: 'Messages that a provider said were delivered, of all.' })
  delivered!: ShareDocument;

  @ApiProperty({
    type: ShareDocument,
    description: 'Messages that bounced, hard or soft, of all. Some are delivered first.',
  })
  bounced!: ShareDocument;

  @ApiProperty({ type: SharesByAgentDocument })
  opened!: SharesByAgentDocument;

  @ApiProperty({ type: SharesByAgentDocument })
  clicked!: SharesByAgentDocument;

  @ApiProperty({
    type: ShareDocument,
    description: 'Messages in which a human clicked, of those delivered that a human opened or clicked in.',
  })
  clickToOpen!: ShareDocument;

  @ApiProperty(ofDelivered('Messages that were replied to'))
  replied!: ShareDocument;

  @ApiProperty(ofDelivered('Messages that were unsubscribed by, or replied to with the wish for no more'))
  unsubscribed!: ShareDocument;

  @ApiProperty(ofDelivered('Messages that were complained about as spam'))
  complained!: ShareDocument;
}

const named = { type: String, nullable: true } as const;

export class EmailRateGroupDocument extends EmailRateNumbersDocument {
  @ApiPropertyOptional({
    ...named,
    example: 'spring',
    description: 'Where grouped by campaign; null for those of none.',
  })
  campaign?: string | null;

  @ApiPropertyOptional({ type: String, example: '2026-02', description: 'Where grouped by month, in UTC.' })
  month?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'sendgrid',
    description: 'Where grouped by provider: who told of the delivery or the bounce, `api` where a program did.',
  })
  provider?: string;
}

export class EmailRatesDocument {
  @ApiProperty({ example: '2026-02-01T00:00:00.000Z', description: 'Messages from this time on…' })
  from!: string;

  @ApiProperty({ example: '2026-03-01T00:00:00.000Z', description: '…and before this one.' })
  to!: string;

  @ApiProperty({ type: EmailRateNumbersDocument })
  total!: EmailRateNumbersDocument;

  @ApiProperty({
    type: [EmailRateGroupDocument],
    description: 'The most messages delivered first; none where not grouped.',
  })
  groups!: EmailRateGroupDocument[];

  @ApiProperty({ type: 'integer', example: 0, description: 'Groups that there are beyond `limit`.' })
  groupsLeftOut!: number;
}
