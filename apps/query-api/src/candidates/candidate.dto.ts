import { customFieldTypes, jobStatuses, type CustomFieldType } from '#libs/candidates';
import { ApiProperty } from '@nestjs/swagger';

const nullable = { nullable: true } as const;

export class CandidateLocationDocument {
  @ApiProperty({ type: String, ...nullable, example: 'Austin' })
  city!: string | null;

  @ApiProperty({ type: String, ...nullable, example: 'Texas' })
  region!: string | null;

  @ApiProperty({ type: String, ...nullable, example: 'US', description: 'ISO 3166-1 alpha-2.' })
  country!: string | null;
}

/** A city as the list of places knows it. */
export class CandidatePlaceDocument {
  @ApiProperty({ example: 'Austin' })
  city!: string;

  @ApiProperty({ type: String, ...nullable, example: 'Texas' })
  region!: string | null;

  @ApiProperty({ example: 'US', description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @ApiProperty({ example: 30.26715, description: 'Degrees, WGS 84.' })
  latitude!: number;

  @ApiProperty({ example: -97.74306, description: 'Degrees, WGS 84.' })
  longitude!: number;
}

export class CandidateOccupationDocument {
  @ApiProperty({ example: '15-1252.00', description: 'O*NET-SOC.' })
  code!: string;

  @ApiProperty({ type: String, ...nullable, example: 'Software Developers' })
  title!: string | null;
}

export class CandidateSkillDocument {
  @ApiProperty({ example: 'TypeScript' })
  name!: string;

  @ApiProperty({ type: Number, ...nullable, example: 4.5, description: 'Years of experience with it.' })
  years!: number | null;
}

export class CandidateSourceDocument {
  @ApiProperty({ example: 'social-media' })
  kind!: string;

  @ApiProperty({ example: 'LinkedIn' })
  name!: string;
}

/** A value of a field of the business's own. */
export class CustomFieldValueDocument {
  @ApiProperty({ example: 'visa', description: 'The key of the field.' })
  field!: string;

  @ApiProperty({ enum: customFieldTypes, example: 'choice' })
  type!: CustomFieldType;

  @ApiProperty({ example: false, description: 'Whether the value is sealed, and goes with an erasure.' })
  personal!: boolean;

  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
    example: 'H-1B',
    description: 'Of the type; what was erased reads as "[erased]".',
  })
  value!: string | number | boolean | string[];
}

/** A person as the talent pool shows them. Null is unknown; "[erased]" was erased. */
export class CandidateDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  id!: string;

  @ApiProperty({ example: 3, description: 'Of the profile; the ETag holds it, If-Match takes it.' })
  revision!: number;

  @ApiProperty({ type: String, ...nullable, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, ...nullable, example: 'Senior Software Engineer' })
  title!: string | null;

  @ApiProperty({ type: String, ...nullable, example: 'Analytical Engines' })
  employer!: string | null;

  @ApiProperty({
    type: [CandidateOccupationDocument],
    description: 'What the taxonomy takes the title for, the likeliest first.',
  })
  occupations!: CandidateOccupationDocument[];

  @ApiProperty({ type: CandidateLocationDocument, description: 'As it was stated.' })
  location!: CandidateLocationDocument;

  @ApiProperty({ type: CandidatePlaceDocument, ...nullable, description: 'Where that is, if it is known.' })
  place!: CandidatePlaceDocument | null;

  @ApiProperty({ type: Number, ...nullable, example: 8 })
  experienceYears!: number | null;

  @ApiProperty({ type: [CandidateSkillDocument] })
  skills!: CandidateSkillDocument[];

  @ApiProperty({ type: [String], example: ['nurture-2026'] })
  tags!: string[];

  @ApiProperty({ type: [String], example: ['backend'] })
  interests!: string[];

  @ApiProperty({ type: String, ...nullable, enum: [...jobStatuses, null], example: 'open' })
  availability!: string | null;

  @ApiProperty({ type: [String], example: ['en'], description: 'ISO 639.' })
  languages!: string[];

  @ApiProperty({ type: [String], example: ['ada@example.com'] })
  emails!: string[];

  @ApiProperty({ type: [String], example: ['+15125550100'] })
  phones!: string[];

  @ApiProperty({ type: [String], example: ['https://www.linkedin.com/in/ada'] })
  profileUrls!: string[];

  @ApiProperty({ type: [CustomFieldValueDocument], description: 'In the order of their keys.' })
  customFields!: CustomFieldValueDocument[];

  @ApiProperty({ type: CandidateSourceDocument, ...nullable })
  source!: CandidateSourceDocument | null;

  @ApiProperty({ type: String, ...nullable, example: 'user-17' })
  owner!: string | null;

  @ApiProperty({ example: '2025-04-02T08:00:00.000Z' })
  addedAt!: string;

  @ApiProperty({ type: String, ...nullable, example: '2026-02-11T15:20:00.000Z' })
  lastHumanContactAt!: string | null;

  @ApiProperty({ type: String, ...nullable, example: '2026-02-20T07:00:00.000Z' })
  lastInteractionAt!: string | null;
}
