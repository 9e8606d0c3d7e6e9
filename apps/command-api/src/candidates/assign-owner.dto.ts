import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { OpaqueId } from '../requests/fields.js';

export class AssignOwnerDto {
  @ApiProperty({
    type: String,
    example: 'user-17',
    nullable: true,
    description: 'Opaque id of the user or team who owns the relationship; null: nobody does any more.',
  })
  @ValidateIf((_object, value) => value !== null)
  @OpaqueId()
  owner!: string | null;
}
