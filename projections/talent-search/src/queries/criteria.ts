import type { Criteria, NearLeaf } from '#libs/criteria';
import type { FitGrade, FitModel } from '#libs/fit';

/** What a person has to fulfil; everything that's given. */
export interface TalentCriteria {
  /** Anywhere; forgives typing errors and accents. */
  readonly text?: string;
  /** Words of the title, in any order, singular or plural. */
  readonly title?: string;
  readonly skills?: { readonly all?: readonly SkillCriterion[]; readonly any?: readonly SkillCriterion[] };
  readonly tags?: { readonly all?: readonly string[]; readonly any?: readonly string[] };
  readonly location?: { readonly city?: string; readonly region?: string; readonly country?: string };
  /** Within so many kilometres of a city or a point. */
  readonly near?: NearLeaf['near'];
  readonly interest?: InterestCriterion;
  readonly source?: { readonly kind?: string; readonly name?: string };
  /** Null: nobody owns them. */
  readonly owner?: string | null;
  readonly lastHumanContact?: { readonly before?: Date; readonly after?: Date; readonly never?: true };
  readonly experienceYears?: { readonly min?: number; readonly max?: number };
  /** Any criteria. */
  readonly where?: Criteria;
  readonly fit?: FitCriterion;
}

/** By which model people are asked how well they fit; only those with one of these grades are found, if any are given. */
export interface FitCriterion {
  readonly model: FitModel;
  readonly grades?: readonly FitGrade[];
}

export interface SkillCriterion {
  readonly name: string;
  readonly minYears?: number;
}

/**
 * An interest that was expressed in a window of time; without a window, also one that's a standing interest.
 * `expressedMonthsAgo: { from: 12, to: 6 }` is "6 to 12 months ago", in calendar months (UTC).
 */
export interface InterestCriterion {
  readonly name?: string;
  readonly role?: string;
  readonly expressedFrom?: Date;
  /** Excluded. */
  readonly expressedTo?: Date;
  readonly expressedMonthsAgo?: { readonly from: number; readonly to: number };
}
