import {
  applicationSubmitted,
  candidateAdded,
  candidateEducationChanged,
  candidateNoteWritten,
  candidateWorkHistoryChanged,
  engagementEventDefinitions,
} from '#libs/candidates';
import { validate } from '#libs/http';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { SubmitApplicationDto } from '../applications/application.dto.js';
import { AddCandidateDto } from '../candidates/add-candidate.dto.js';
import { NoteDto } from '../relationship/note.dto.js';
import { EducationDto, WorkHistoryDto } from '../relationship/background.dto.js';
import { interactionData } from '../interactions/data/index.js';

// What a DTO lets through and the event's schema doesn't would be an internal error; what it refuses and the schema
// takes couldn't be recorded. So each boundary of each schema is tried on both.

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}
type Json = unknown;
interface Variant {
  readonly name: string;
  readonly value: Json;
}

const ajv = (formats as unknown as (ajv: Ajv) => Ajv)(new Ajv({ strict: false }));
const UUID = '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4';

const sample = (schema: Schema): Json => {
  if (schema.enum) return schema.enum[0];
  if (schema.format === 'uuid') return UUID;
  if (schema.pattern?.includes('[A-Z]{2}')) return 'US';
  if (schema.pattern?.startsWith('^\\d{4}')) return '2019-04';
  if (schema.type === 'array') return schema.items ? [sample(schema.items)] : [];
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type !== 'object') return schema.pattern ? 'x' : 'a@b.c';
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, field]) => [key, sample(field)]));
};

const leafVariants = ({ enum: words, type, pattern, format, ...schema }: Schema): Variant[] => {
  if (words) return [{ name: 'is another word', value: 'no such word' }];
  if (type === 'number' || type === 'integer') {
    const { minimum, maximum } = schema;
    return [
      { name: 'is text', value: '1' },
      ...(type === 'integer' ? [{ name: 'has a fraction', value: 1.5 }] : []),
      ...(minimum === undefined ? [] : [{ name: 'is too small', value: minimum - 1 }]),
      ...(maximum === undefined
        ? []
        : [
            { name: 'is the most', value: maximum },
            { name: 'is too much', value: maximum + 1 },
          ]),
    ];
  }
  const { maxLength } = schema;
  return [
    { name: 'is a number', value: 5 },
    { name: 'is null', value: null },
    { name: 'is empty', value: '' },
    ...((pattern ?? format) ? [{ name: 'does not fit its pattern', value: 'a @b' }] : []),
    ...(maxLength === undefined
      ? []
      : [
          { name: 'is as long as can be', value: 'x'.repeat(maxLength) },
          { name: 'is as long as can be, in characters of two units', value: '😀'.repeat(maxLength) },
          { name: 'is too long', value: 'x'.repeat(maxLength + 1) },
        ]),
  ];
};

/** The sample with one thing changed, in every way that the schema has an opinion on. */
const variants = (schema: Schema): Variant[] => {
  if (schema.type === 'array') {
    const { items = {}, maxItems = 0 } = schema;
    const many = (count: number): Json[] =>
      Array.from({ length: count }, (_, i) => (items.type === 'string' ? `word ${i}` : sample(items)));
    return [
      { name: 'is no list', value: {} },
      { name: 'is empty', value: [] },
      { name: 'has as many items as can be', value: many(maxItems) },
      { name: 'has too many items', value: many(maxItems + 1) },
      ...variants(items).map(({ name, value }) => ({ name: `0 ${name}`, value: [value] })),
    ];
  }
  if (schema.type !== 'object') return leafVariants(schema);
  const whole = sample(schema) as Record<string, Json>;
  return [
    { name: 'is whole', value: whole },
    { name: 'has an unknown field', value: { ...whole, unknown: 1 } },
    ...Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
      const { [key]: _left, ...rest } = whole;
      return [
        { name: `lacks ${key}`, value: rest },
        ...variants(field).map(({ name, value }) => ({ name: `${key} ${name}`, value: { ...whole, [key]: value } })),
      ];
    }),
  ];
};

/** A schema without some of its fields: those that a DTO has in another form. */
const without = (schema: object, ...fields: string[]): Schema => {
  const { properties = {}, required = [], ...rest } = schema as Schema;
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !fields.includes(key))),
    required: required.filter((key) => !fields.includes(key)),
  };
};

const disagreements = (dto: new () => object, schema: Schema, except: (name: string) => boolean = () => false) => {
  const fits = ajv.compile(schema);
  return variants(schema)
    .filter(({ name }) => !except(name))
    .filter(({ value }) => validate(dto, value).ok !== fits(value))
    .map(({ name }) => name);
};

describe('the limits of requests are those of the events', () => {
  it.each(engagementEventDefinitions.map(({ type, schema }) => [type, schema] as const))('%s', (type, schema) => {
    // Callers say `machine`, which becomes `agent`.
    expect(disagreements(interactionData[type], without(schema, 'agent'))).toEqual([]);
  });

  it('application.submitted', () => {
    expect(disagreements(SubmitApplicationDto, without(applicationSubmitted.schema))).toEqual([]);
  });

  it('candidate.added', () => {
    // Callers send one list of tags, and nothing of what a taxonomy makes of the rest; lists may be absent; an address must also look like one.
    const schema = without(candidateAdded.schema, 'tags', 'freeTags', 'normalised');
    const except = (name: string): boolean => /^lacks |^contactPoints 0 value is as long/.test(name);
    expect(disagreements(AddCandidateDto, schema, except)).toEqual([]);
  });

  it('candidate.work-history-changed and candidate.education-changed', () => {
    expect(disagreements(WorkHistoryDto, without(candidateWorkHistoryChanged.schema))).toEqual([]);
    expect(disagreements(EducationDto, without(candidateEducationChanged.schema))).toEqual([]);
  });

  it('candidate.note-written', () => {
    // Nobody need be mentioned.
    const except = (name: string): boolean => name === 'lacks mentions';
    expect(disagreements(NoteDto, without(candidateNoteWritten.schema, 'noteId'), except)).toEqual([]);
  });

  it('finds a limit that is missing', () => {
    const shorter = { type: 'object', properties: { text: { type: 'string', maxLength: 5 } } };
    expect(disagreements(interactionData['note.added'], shorter)).not.toEqual([]);
  });
});
