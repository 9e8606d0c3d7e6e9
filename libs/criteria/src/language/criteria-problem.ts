/** What's wrong, and where: a JSON pointer into the criteria. Never with anything that came: what it was, nobody knows. */
export interface CriteriaProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What's stored was taken once: it stays readable, whatever requests are refused for by now. */
export type CriteriaOrigin = 'request' | 'store';
