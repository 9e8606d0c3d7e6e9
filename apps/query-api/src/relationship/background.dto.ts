import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Something that somebody worked as. */
export class PositionDocument {
  @ApiProperty({ example: 'Analytical Engines' })
  employer!: string;

  @ApiProperty({ example: 'Software engineer' })
  title!: string;

  @ApiPropertyOptional({ example: '2019-04', description: 'As far as it is known: a year, a month or a day.' })
  from?: string;

  @ApiPropertyOptional({ example: '2023', description: 'Absent where it is not known to have ended.' })
  until?: string;

  @ApiPropertyOptional({ example: 'Built the compiler.' })
  description?: string;
}

/** Something that somebody learned. */
export class StudiesDocument {
  @ApiProperty({ example: 'University of Texas at Austin' })
  institution!: string;

  @ApiPropertyOptional({ example: 'BSc' })
  degree?: string;

  @ApiPropertyOptional({ example: 'Mathematics' })
  field?: string;

  @ApiPropertyOptional({ example: '2012', description: 'As far as it is known: a year, a month or a day.' })
  from?: string;

  @ApiPropertyOptional({ example: '2016-06', description: 'Absent where it is not known to have ended.' })
  until?: string;

  @ApiPropertyOptional({ example: 'Thesis on Bernoulli numbers.' })
  description?: string;
}
