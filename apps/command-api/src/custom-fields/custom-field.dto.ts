import { CUSTOM_FIELD_KEY, customFieldLimits, customFieldTypes, type CustomFieldType } from '#libs/candidates';
import { Optional, OptionalOrNull, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, IsBoolean, IsIn, Matches } from 'class-validator';
import { OptionalText } from '../requests/fields.js';
import { Words } from '../requests/nested.js';

const { key, label, description, option, options } = customFieldLimits;
const IN_THE_CLEAR = 'Stored in the clear: it must say nothing about one person.';

/** A field that candidates may have a value of. */
export class DeclareCustomFieldDto {
  @ApiProperty({
    example: 'visa',
    maxLength: key,
    pattern: CUSTOM_FIELD_KEY,
    description: 'What requests name it by, for good.',
  })
  @Text(key)
  @Matches(new RegExp(CUSTOM_FIELD_KEY), { message: 'must be lower-case words with dashes, a letter first' })
  key!: string;

  @ApiProperty({ example: 'Visa', maxLength: label, description: `What people call it. ${IN_THE_CLEAR}` })
  @Text(label)
  label!: string;

  @ApiProperty({ enum: customFieldTypes, example: 'choice', description: 'It never changes.' })
  @IsIn(customFieldTypes)
  type!: CustomFieldType;

  @ApiProperty({
    example: false,
    description:
      'Whether values are sealed, and go with an erasure; nobody is found by them then. A text or a url always is. It never changes.',
  })
  @IsBoolean()
  personal!: boolean;

  @ApiPropertyOptional({ example: 'As of the last talk.', maxLength: description, description: IN_THE_CLEAR })
  @OptionalText(description)
  description?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['None needed', 'H-1B', 'O-1'],
    minItems: 1,
    maxItems: options,
    description: `Of a choice or a multi-choice, in their order. ${IN_THE_CLEAR}`,
  })
  @Optional()
  @ArrayMinSize(1)
  @Words(options, option)
  options?: string[];
}

/** What to change of a field: an absent member stays, null clears. */
export class ChangeCustomFieldDto {
  @ApiPropertyOptional({ example: 'Work permit', maxLength: label })
  @OptionalText(label)
  label?: string;

  @ApiPropertyOptional({ type: String, example: 'As of the last talk.', maxLength: description, nullable: true })
  @OptionalOrNull()
  @Text(description)
  description?: string | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['TN'],
    maxItems: options,
    description: 'After those that there are; none is ever taken away.',
  })
  @Optional()
  @Words(options, option)
  addOptions?: string[];
}
