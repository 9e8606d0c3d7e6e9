import { contactKinds, sourceKinds } from '#libs/candidates';
import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { OptionalText, Years } from '../requests/fields.js';
import { IsContactValue } from './contact-value.js';

export class NameDto {
  @ApiProperty({ example: 'Ada Lovelace', maxLength: 200 })
  @Text(200)
  full!: string;

  @ApiPropertyOptional({ example: 'Ada', maxLength: 200 })
  @OptionalText(200)
  given?: string;

  @ApiPropertyOptional({ example: 'Lovelace', maxLength: 200 })
  @OptionalText(200)
  family?: string;
}

export class ContactPointDto {
  @ApiProperty({ enum: contactKinds, example: 'email' })
  @IsIn(contactKinds)
  kind!: (typeof contactKinds)[number];

  @ApiProperty({ example: 'ada@example.com', maxLength: 500 })
  @Text(500)
  @IsContactValue()
  value!: string;

  @ApiPropertyOptional({ example: 'work', maxLength: 40 })
  @OptionalText(40)
  label?: string;
}

export class SkillDto {
  @ApiProperty({ example: 'TypeScript', maxLength: 100 })
  @Text(100)
  name!: string;

  @ApiPropertyOptional({ example: 4.5, minimum: 0, maximum: 80, description: 'Years of experience with it.' })
  @Optional()
  @Years()
  years?: number;
}

export class LocationDto {
  @ApiPropertyOptional({ example: 'Austin', maxLength: 100 })
  @OptionalText(100)
  city?: string;

  @ApiPropertyOptional({ example: 'Texas', maxLength: 100 })
  @OptionalText(100)
  region?: string;

  @ApiPropertyOptional({ example: 'US', description: 'ISO 3166-1 alpha-2.' })
  @Optional()
  @Matches(/^[A-Z]{2}$/, { message: 'must be two capital letters (ISO 3166-1 alpha-2)' })
  country?: string;
}

export class SourceDto {
  @ApiProperty({ enum: sourceKinds, example: 'social-media' })
  @IsIn(sourceKinds)
  kind!: (typeof sourceKinds)[number];

  @ApiProperty({ example: 'LinkedIn', maxLength: 100, description: 'As you call it.' })
  @Text(100)
  name!: string;
}

export class ExternalIdDto {
  @ApiProperty({ example: 'greenhouse', maxLength: 60 })
  @Text(60)
  system!: string;

  @ApiProperty({ example: '4451120', maxLength: 200 })
  @Text(200)
  id!: string;
}
