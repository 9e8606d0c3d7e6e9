import { liveModel } from '#libs/scoring';
import fc from 'fast-check';
import { interactionData } from '../../apps/command-api/src/interactions/data/index.js';
import { customField, customValues } from './custom-fields.js';
import type { Operation } from './documents.js';
import type { Schema } from './json-schema.js';
import { placeholder } from './living.js';
import { address, index, livingCandidate, number, recipient, sealed, sealedText, text } from './valid-texts.js';

const own = placeholder('own');
const secret = placeholder('secret');

/** Rules that a document tells in words. */
const byName: Readonly<Record<string, (operation: Operation) => fc.Arbitrary<unknown>>> = {
  ContactPointDto: () => address,
  RecipientDto: () => recipient,
  AddCandidateDto: (operation) =>
    fc
      .tuple(fc.constant({ full: secret }), objectOf(operation, componentOf(operation, 'AddCandidateDto')))
      .map(([name, rest]) => ({ name, ...(rest as object) })),
  RecordInteractionDto: (operation) => interaction(operation, 'RecordInteractionDto'),
  RecordAddressedInteractionDto: (operation) =>
    fc
      .tuple(
        interaction(operation, 'RecordAddressedInteractionDto', 'candidateId', 'recipient'),
        fc.oneof(
          livingCandidate.map((candidateId) => ({ candidateId })),
          recipient.map((to) => ({ recipient: to })),
        ),
      )
      .map(([rest, to]) => ({ ...rest, ...to })),
  SearchRequest: (operation) => search(operation, 'SearchRequest'),
  AskedSearch: (operation) => search(operation, 'AskedSearch'),
  ExportSearchRequest: (operation) => search(operation, 'ExportSearchRequest'),
  RunSavedSearchRequest: (operation) => search(operation, 'RunSavedSearchRequest'),
  OpenPoolDto: (operation) =>
    objectOf(operation, componentOf(operation, 'OpenPoolDto'), ['kind', 'stages', 'criteria', 'watched']).chain(
      (rest) =>
        fc.oneof(
          { weight: 4, arbitrary: fc.constant({ ...rest, kind: 'static', stages: poolStages }) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(...segments).map((segment) => ({ ...rest, ...segment, kind: 'segment' })),
          },
        ),
    ),
  ChangePoolDto: (operation) =>
    objectOf(operation, componentOf(operation, 'ChangePoolDto'), ['stages', 'criteria', 'watched']),
  // Mostly forms that the submissions below fit, and that stay so.
  DefineSignUpFormDto: (operation) =>
    fc
      .tuple(
        objectOf(operation, componentOf(operation, 'DefineSignUpFormDto'), ['origins']),
        fc.option(fc.constant({ consents: [newsletter], consentText: shownText, open: true }), { nil: {}, freq: 3 }),
      )
      .map(([form, submitted]) => ({ ...form, ...submitted })),
  ChangeSignUpFormDto: (operation) =>
    fc
      .constantFrom(['origins'], ['origins', 'consents', 'consentText', 'open'])
      .chain((without) => objectOf(operation, componentOf(operation, 'ChangeSignUpFormDto'), without)),
  SubmitSignUpDto: () =>
    fc.tuple(fc.nat(9), index).map(([n, at]) => ({
      email: `${secret}.${n}@example.org`,
      name: secret,
      consents: [newsletter],
      textVersion: shownText.version,
      ticket: placeholder('ticket', at),
    })),
  // Few versions, so that some requests meet a model that's there.
  PublishScoringModelDto: () =>
    fc
      .tuple(fc.integer({ min: 998, max: 1_003 }), fc.integer({ min: 1, max: 3 }))
      .map(([version, days]) => ({ model: { ...liveModel, version, dormantAfterDays: 90 * days } })),
  // Few keys, each of one type, so that values meet fields that are there.
  DeclareCustomFieldDto: (operation) =>
    fc
      .tuple(
        objectOf(operation, componentOf(operation, 'DeclareCustomFieldDto'), ['key', 'type', 'personal', 'options']),
        customField,
      )
      .map(([rest, field]) => ({ ...rest, ...field })),
  ChangeCustomFieldDto: (operation) =>
    objectOf(operation, componentOf(operation, 'ChangeCustomFieldDto'), ['addOptions']),
  ScoringModelVersionDto: () =>
    fc.constantFrom(1, liveModel.version, 1_000, 1_001, 1_002, 1_003).map((version) => ({ version })),
  PublishFitModelDto: () => fitModel.map((model) => ({ model })),
  FitModelVersionDto: () => fitModel.map(({ name, version }) => ({ name, version })),
  FitCriterion: () =>
    fc
      .tuple(fitModelRef, fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1 }), fc.boolean())
      .map(([model, grades, some]) => ({ model, ...(some ? { grades } : {}) })),
  AddMemberDto: (operation) => ofStage(operation, 'AddMemberDto'),
  SegmentHistoryRequest: (operation) =>
    fc
      .tuple(objectOf(operation, componentOf(operation, 'SegmentHistoryRequest'), ['poolId', 'asOfPosition']), index)
      .map(([rest, at]) => ({ ...rest, poolId: placeholder('segment', at) })),
  MoveMemberDto: (operation) => ofStage(operation, 'MoveMemberDto'),
  InterestCriterion: (operation) =>
    oneOfParts(
      operation,
      'InterestCriterion',
      ['name', 'role', 'expressedFrom'],
      ['name', 'expressedMonthsAgo'],
      ['expressedTo'],
    ),
  LastContactCriterion: (operation) => oneOfParts(operation, 'LastContactCriterion', ['before'], ['after'], ['never']),
  ExperienceCriterion: (operation) => oneOfParts(operation, 'ExperienceCriterion', ['min'], ['max']),
  // Of most cities that somebody might make up there's none.
  NearCriterion: () =>
    fc
      .tuple(
        fc.constantFrom({ city: 'Austin', region: 'TX', country: 'US' }, { latitude: 30.27, longitude: -97.74 }),
        fc.integer({ min: 1, max: 500 }),
      )
      .map(([at, kilometres]) => ({ ...at, kilometres })),
  MonthsAgo: () => fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => ({ from: Math.max(a, b), to: Math.min(a, b) })),
};

/** Few names and versions, so that some requests meet a model that's there. */
const fitModel = fc
  .record({
    name: fc.constantFrom('welder', 'nurse'),
    version: fc.integer({ min: 1, max: 3 }),
    points: fc.integer({ min: 10, max: 12 }),
  })
  .map(({ name, version, points }) => ({
    name,
    version,
    title: name,
    rules: [
      { label: 'Title', points, where: { title: name } },
      { label: 'Austin', points, must: true, where: { attribute: 'city', is: ['Austin'] } },
    ],
    grades: { A: 15, B: 10, C: 5 },
  }));
export const fitModelRef = fc.constantFrom('welder', 'nurse', 'welder.1', 'nurse.2');

const newsletter = { purpose: 'newsletter', channel: 'email' };
const shownText = { version: '2026-01', language: 'en', wording: 'You may write to me.' };
const poolStages = ['new', 'contacted', 'interested'];
const segments = [
  { criteria: { attribute: 'city', is: ['Austin'] } },
  { criteria: { not: { happened: { kinds: ['email.opened'], ago: { from: { days: 90 } }, atLeast: 2 } } } },
  { criteria: { and: [{ custom: 'visa-1', is: ['h-1b'] }, { not: { custom: 'miles-2', atLeast: 5 } }] } },
  { criteria: { or: [{ attribute: 'band', is: ['hot'] }, { consent: { purpose: 'newsletter', channel: 'email' } }] } },
];

/** With a stage that pools have. */
const ofStage = (operation: Operation, name: string): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(objectOf(operation, componentOf(operation, name), ['stage']), fc.constantFrom(...poolStages))
    .map(([rest, stage]) => ({ ...rest, stage }));

const componentOf = (operation: Operation, name: string): Schema =>
  operation.resolve({ $ref: `#/components/schemas/${name}` });

/** One of these sets of fields, since others contradict each other. */
const oneOfParts = (
  operation: Operation,
  name: string,
  ...parts: readonly (readonly string[])[]
): fc.Arbitrary<Record<string, unknown>> => {
  const schema = componentOf(operation, name);
  const others = (part: readonly string[]): string[] =>
    Object.keys(schema.properties ?? {}).filter((field) => !part.includes(field));
  return fc.oneof(...parts.map((part) => objectOf(operation, schema, others(part))));
};

/** One to three criteria: with all at once nobody would ever be found, nor would all of them go together. */
const search = (operation: Operation, name: string): fc.Arbitrary<Record<string, unknown>> => {
  const schema = componentOf(operation, name);
  const required = schema.required ?? [];
  const fields = Object.keys(schema.properties ?? {}).filter((field) => field !== 'sort' && field !== 'cursor');
  const sorts = ['name', 'warmth', 'last-contact', 'added', 'experience'];
  return fc
    .tuple(
      fc.subarray(fields, { maxLength: 3 }).chain((some) =>
        objectOf(
          operation,
          schema,
          Object.keys(schema.properties ?? {}).filter((field) => !some.includes(field) && !required.includes(field)),
        ),
      ),
      fc.option(
        fc.constantFrom(...sorts).map((by) => ({ sort: { by } })),
        { nil: {} },
      ),
      'cursor' in (schema.properties ?? {})
        ? fc.option(
            index.map((at) => ({ cursor: placeholder('cursor', at) })),
            { nil: {}, freq: 8 },
          )
        : fc.constant({}),
      fc.constantFrom(...segments),
    )
    .map(([asked, sort, cursor, { criteria }]) => ({
      ...asked,
      ...('fitGrid' in asked && !('fit' in asked) ? { fitGrid: false } : {}),
      ...('fit' in asked && !('sort' in asked) ? { sort: { by: 'fit' } } : {}),
      ...('where' in asked ? { where: criteria } : {}),
      ...(Array.isArray(asked['facets']) ? { facets: [...new Set(asked['facets'])] } : {}),
      ...sort,
      ...cursor,
    }));
};

const interaction = (
  operation: Operation,
  name: string,
  ...without: readonly string[]
): fc.Arbitrary<Record<string, unknown>> =>
  fc.constantFrom(...Object.entries(interactionData)).chain(([type, dto]) =>
    fc
      .tuple(
        objectOf(operation, componentOf(operation, name), ['data', 'provider', 'providerEventId', ...without]),
        objectOf(operation, componentOf(operation, dto.name)),
        fc.option(
          fc.nat(50).map((n) => ({ provider: 'generic', providerEventId: `${own}-${n}` })),
          { nil: {} },
        ),
      )
      .map(([rest, data, fact]) => ({ ...rest, type, data, ...fact })),
  );

/** A search's text is the query API's, which stores nothing. */
const fieldValue = (operation: Operation, name: string, schema: Schema): fc.Arbitrary<unknown> =>
  name === 'customFields'
    ? customValues
    : sealed.has(name) &&
        schema.type === 'string' &&
        !schema.nullable &&
        !schema.enum &&
        operation.app === 'command-api'
      ? sealedText
      : validValue(operation, schema);

const objectOf = (
  operation: Operation,
  schema: Schema,
  without: readonly string[] = [],
): fc.Arbitrary<Record<string, unknown>> => {
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => !without.includes(name));
  return fc.record(
    Object.fromEntries(entries.map(([name, property]) => [name, fieldValue(operation, name, property)])),
    { requiredKeys: (schema.required ?? []).filter((name) => !without.includes(name)) },
  );
};

/** A value as a schema describes it, with placeholders for what lives. */
export const validValue = (operation: Operation, schema: Schema): fc.Arbitrary<unknown> => {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  const ruled = name === undefined ? undefined : byName[name];
  const resolved = operation.resolve(schema);
  const value = ruled ? ruled(operation) : plainValue(operation, resolved);
  return resolved.nullable ? fc.option(value, { nil: null, freq: 8 }) : value;
};

const plainValue = (operation: Operation, schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.oneOf ?? schema.anyOf)
    return fc.oneof(...[...(schema.oneOf ?? schema.anyOf ?? [])].map((one) => validValue(operation, one)));
  if (schema.enum && schema.type !== 'string') return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'number':
    case 'integer':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.uniqueArray(validValue(operation, schema.items ?? {}), {
        maxLength: Math.min(schema.maxItems ?? 4, 4),
        selector: (item) => JSON.stringify(item),
      });
    default:
      return objectOf(operation, schema);
  }
};
