import type { Criteria } from '#libs/criteria';
import { closed } from '#libs/event-fields';
import { Type } from 'typebox';

/** Of a model's version. */
export const MAX_FIT_VERSION = 999_999;
/** Of the rules of a model; their conditions together are as many as those of any criteria. */
export const MAX_RULES = 40;
export const MAX_RULE_POINTS = 1_000;
const MAX_POINTS = MAX_RULES * MAX_RULE_POINTS;
export const FIT_MODEL_NAME = '^[a-z][a-z0-9-]{0,49}$';

/** From best to worst; D is what's below C, and whoever lacks what they must have. */
export const fitGrades = ['A', 'B', 'C', 'D'] as const;
export type FitGrade = (typeof fitGrades)[number];

/** What somebody gets points for. */
export interface FitRule {
  /** What it's called in an explanation. */
  readonly label: string;
  /** Whole points for whoever fulfils it. */
  readonly points: number;
  /** Whoever doesn't fulfil it is graded D, whatever their points. */
  readonly must?: boolean;
  /** Criteria about attributes alone: `parseFitModel` says which. */
  readonly where: Criteria;
}

/** How well somebody fits a kind of role, as points. What was published is never edited. */
export interface FitModel {
  /** Of the kind of role, as `backend-engineer`. */
  readonly name: string;
  /** Of the models of this name. */
  readonly version: number;
  /** Of the kind of role, for people. */
  readonly title: string;
  readonly rules: readonly FitRule[];
  /** From how many points on each grade is given; D below C. */
  readonly grades: { readonly A: number; readonly B: number; readonly C: number };
}

const points = () => Type.Integer({ minimum: 1, maximum: MAX_POINTS });

export const fitModelName = () => Type.String({ pattern: FIT_MODEL_NAME });
export const fitModelVersion = () => Type.Integer({ minimum: 1, maximum: MAX_FIT_VERSION });

/** The JSON form of a model. What a schema can't say, and which criteria may be in it, `parseFitModel` checks. */
export const fitModelSchema = Type.Unsafe<FitModel>(
  closed({
    name: fitModelName(),
    version: fitModelVersion(),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    rules: Type.Array(
      closed({
        label: Type.String({ minLength: 1, maxLength: 200 }),
        points: Type.Integer({ minimum: 1, maximum: MAX_RULE_POINTS }),
        must: Type.Optional(Type.Boolean()),
        where: Type.Unsafe<Criteria>({ type: 'object' }),
      }),
      { minItems: 1, maxItems: MAX_RULES },
    ),
    grades: closed({ A: points(), B: points(), C: points() }),
  }),
);

/** All that anybody can have. */
export const mostPoints = ({ rules }: FitModel): number => rules.reduce((sum, rule) => sum + rule.points, 0);

/** A model as a request names it: `backend-engineer.2`. */
export const fitModelRef = ({ name, version }: Pick<FitModel, 'name' | 'version'>): string => `${name}.${version}`;

/** With a version, or without one for the latest. */
export const fitModelRefPattern = /^[a-z][a-z0-9-]{0,49}(\.[1-9][0-9]{0,5})?$/;

/** What a reference that has the pattern names. */
export const fitModelNamed = (ref: string): { readonly name: string; readonly version: number | undefined } => {
  const [name = '', version] = ref.split('.');
  return { name, version: version === undefined ? undefined : Number(version) };
};
