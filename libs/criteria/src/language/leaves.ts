import { closed, oneOf } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

/** What's known of somebody as words: none, one, or several at a time. */
export const wordAttributes = [
  'skills',
  'tags',
  'interests',
  'city',
  'region',
  'country',
  'employer',
  'availability',
  'languages',
  'source',
  'sourceName',
  'owner',
  'band',
] as const;
/** What's known of somebody as a number. */
export const numberAttributes = ['experienceYears'] as const;

export type WordAttribute = (typeof wordAttributes)[number];
export type NumberAttribute = (typeof numberAttributes)[number];

const text = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
/** Of one list. */
export const MOST_VALUES = 100;
const list = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: MOST_VALUES, description });

const MAX_MONTHS = 600;
const MAX_DAYS = 18_300;

const period = Type.Union([
  closed({ months: Type.Integer({ minimum: 0, maximum: MAX_MONTHS, description: 'Calendar months in UTC.' }) }),
  closed({ days: Type.Integer({ minimum: 0, maximum: MAX_DAYS, description: 'Days of 24 hours.' }) }),
]);
const instant = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$', description });

const title = closed({
  title: text(
    'Words of the title, in any order, singular or plural; or what the taxonomy takes for the same title or a kind of it.',
  ),
});
const attribute = closed({
  attribute: oneOf(wordAttributes),
  is: Type.Optional(list('One of these, however it is written.')),
  known: Type.Optional(Type.Boolean({ description: 'Whether anything is known.' })),
});
/** As many years as a candidate's experience may have. */
const years = () => Type.Number({ minimum: 0, maximum: 80 });
const number = closed({
  /** Compared in whole months. */
  number: oneOf(numberAttributes),
  atLeast: Type.Optional(years()),
  below: Type.Optional(years()),
});
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A date.' });
const bound = Type.Union([Type.Number(), day]);
const custom = closed({
  custom: Type.String({
    minLength: 1,
    maxLength: 60,
    pattern: '^[a-z][a-z0-9-]*$',
    description: 'The key of a custom field that is not personal.',
  }),
  is: Type.Optional(
    Type.Array(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Number(), Type.Boolean()]), {
      minItems: 1,
      maxItems: MOST_VALUES,
      description: 'One of these: options however they are written, numbers, dates, true or false.',
    }),
  ),
  known: Type.Optional(Type.Boolean({ description: 'Whether there is a value.' })),
  atLeast: Type.Optional(bound),
  below: Type.Optional(bound),
});
const near = closed({
  near: closed({
    city: Type.Optional(text('The middle of this city.')),
    region: Type.Optional(text('That the city lies in.')),
    country: Type.Optional(text('That the city lies in, by its name or its code.')),
    latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90, description: 'Instead of a city.' })),
    longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180, description: 'Instead of a city.' })),
    kilometres: Type.Number({ exclusiveMinimum: 0, maximum: 20_000 }),
  }),
});
const consent = closed({
  consent: closed({ purpose: text('As in a consent.'), channel: text('As in a consent.') }),
});
const happened = closed({
  happened: closed({
    kinds: Type.Optional(list('Types of events: one of these. What a machine did is none.')),
    byPerson: Type.Optional(Type.Boolean({ description: 'True: an act of the person.' })),
    topic: Type.Optional(text('What it was about: an interest.')),
    role: Type.Optional(text('Words of the role that it was about, in any order, singular or plural.')),
    series: Type.Optional(text('The series of events that it belonged to.')),
    ago: Type.Optional(
      closed({
        from: period,
        to: Type.Optional(period),
      }),
    ),
    from: Type.Optional(instant('Not earlier than this.')),
    to: Type.Optional(instant('Earlier than this.')),
    atLeast: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: 'So often; 1 if absent.' })),
  }),
});

export type TitleLeaf = Static<typeof title>;
export type AttributeLeaf = Static<typeof attribute>;
export type NumberLeaf = Static<typeof number>;
export type CustomLeaf = Static<typeof custom>;
export type NearLeaf = Static<typeof near>;
export type ConsentLeaf = Static<typeof consent>;
export type HappenedLeaf = Static<typeof happened>;
export type Leaf = TitleLeaf | AttributeLeaf | NumberLeaf | CustomLeaf | NearLeaf | ConsentLeaf | HappenedLeaf;

/** By the member that tells one from another. */
export const leafSchemas = { title, attribute, number, custom, near, consent, happened } as const;
export type LeafName = keyof typeof leafSchemas;
