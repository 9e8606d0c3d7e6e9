import { mergeReasons, type MergeReason } from '#libs/identity';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNumber, IsUUID, Max, Min } from 'class-validator';

/** Another id turned out to be this candidate's. */
export class MergeDto {
  @ApiProperty({
    format: 'uuid',
    example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4',
    description: 'Merged into the candidate of the path, whose id both go by from then on.',
  })
  @IsUUID('all')
  otherId!: string;

  @ApiProperty({ enum: mergeReasons, example: 'review', description: 'How it is known.' })
  @IsIn(mergeReasons)
  reason!: MergeReason;
}

/** Two who look like one person are two. */
export class NotDuplicatesDto {
  @ApiProperty({ format: 'uuid', example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' })
  @IsUUID('all')
  otherId!: string;

  @ApiProperty({
    example: 4.25,
    minimum: -100,
    maximum: 100,
    description: 'How likely they looked one person, as the review queue said it.',
  })
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(-100)
  @Max(100)
  bits!: number;
}
