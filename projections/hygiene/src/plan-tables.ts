import { defineTable } from '#libs/projecting';

/** One row a plan, retired ones too. */
export const hygienePlans = defineTable({
  name: 'hygiene_plans',
  columns: {
    plan_id: 'uuid',
    /** Of the plan's own stream; what If-Match takes. */
    revision: 'integer',
    name: 'text',
    /** `person` or `team`. */
    owner_kind: 'text',
    owner: 'text',
    /** `{ every, day, hour }`. */
    schedule: 'jsonb',
    checks: 'text[]',
    months: 'integer',
    /** Hundredths of bits. */
    min_centibits: 'integer',
    paused: 'boolean',
    made_at: 'timestamptz',
    retired_at: 'timestamptz?',
    /** Null where it doesn't run. */
    next_run_at: 'timestamptz?',
  },
  key: ['plan_id'],
  indexes: ['(made_at, plan_id)', '(owner)'],
});

/** One row a run of a plan. */
export const hygieneRuns = defineTable({
  name: 'hygiene_runs',
  columns: {
    /** Of the event. */
    run_id: 'uuid',
    plan_id: 'uuid',
    /** Whose the plan was then. */
    owner_kind: 'text',
    owner: 'text',
    due_at: 'timestamptz',
    ran_at: 'timestamptz',
    late: 'boolean',
    missed: 'integer',
    /** Why it couldn't look; null where it did. */
    failure: 'text?',
    /** A position token: everything that had been recorded by then is counted. */
    up_to: 'text?',
    long_ago: 'timestamptz?',
    months: 'integer?',
    min_centibits: 'integer?',
    /** `[{ check, count }]`. */
    findings: 'jsonb',
  },
  key: ['run_id'],
  indexes: ['(ran_at, run_id)', '(plan_id, ran_at)', '(owner)'],
});
