import { ownerKinds } from '#libs/candidates';
import { Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { OpaqueId, OptionalText } from '../requests/fields.js';

const MAX_REASON = 2_000;

export class AssignOwnerDto {
  @ApiProperty({
    type: String,
    example: 'user-17',
    nullable: true,
    description: 'Opaque id of the person or team who owns the relationship; null: nobody does any more.',
  })
  @ValidateIf((_object, value) => value !== null)
  @OpaqueId()
  owner!: string | null;

  @ApiPropertyOptional({ enum: ownerKinds, example: 'person' })
  @Optional()
  @IsIn(ownerKinds)
  kind?: (typeof ownerKinds)[number];

  @ApiPropertyOptional({ example: 'Took over the region.', maxLength: MAX_REASON, description: 'Why now.' })
  @OptionalText(MAX_REASON)
  reason?: string;
}
