import { customFieldTypes, type CustomFieldType } from '#libs/candidates';
import { ApiProperty } from '@nestjs/swagger';

export class CustomFieldDocument {
  @ApiProperty({ example: 'visa', description: 'What requests name it by.' })
  key!: string;

  @ApiProperty({ example: 'Visa' })
  label!: string;

  @ApiProperty({ enum: customFieldTypes, example: 'choice' })
  type!: CustomFieldType;

  @ApiProperty({ example: false, description: 'Whether values are sealed. Nobody is found by them then.' })
  personal!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'As of the last talk.' })
  description!: string | null;

  @ApiProperty({ type: [String], example: ['None needed', 'H-1B'], description: 'None for what is no choice.' })
  options!: string[];

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  declaredAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Since when nobody gets another value; null for a field that is in use.',
  })
  retiredAt!: string | null;
}

export class CustomFieldList {
  @ApiProperty({ type: [CustomFieldDocument], description: 'In the order of their keys.' })
  items!: CustomFieldDocument[];
}
