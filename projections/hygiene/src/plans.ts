import type { HygienePlan, HygienePlanChanges, PlanEvent, RunEvent } from '#libs/hygiene';
import { idInStream, type StoredEvent } from '#libs/kernel';
import { row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { hygienePlans, hygieneRuns } from './plan-tables.js';

type Plan = RowOf<typeof hygienePlans.columns>;
type Run = StoredEvent & Extract<RunEvent, { type: 'hygiene-run.done' | 'hygiene-run.failed' }>;

const CENTI = 100;
const centibits = (bits: number): number => Math.round(bits * CENTI);

const idOf = (event: StoredEvent): string => idInStream(event, 'hygiene-plan');

const change = (rows: Rows, planId: string, changes: Partial<Plan>): void => {
  const known = rows.get(hygienePlans, { plan_id: planId });
  if (!known) throw new Error('A change of a plan that was never made.');
  rows.put(hygienePlans, { ...known, ...changes });
};

const made: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { name, owner, schedule, checks, months, minBits, paused } = event.data as HygienePlan;
    rows.put(hygienePlans, {
      plan_id: idOf(event),
      revision: event.revision,
      name,
      owner_kind: owner.kind,
      owner: owner.id,
      schedule,
      checks,
      months,
      min_centibits: centibits(minBits),
      paused,
      made_at: event.occurredAt,
      retired_at: null,
      next_run_at: null,
    });
  },
};

const needsPlan: Handler['needs'] = (event) => [row(hygienePlans, { plan_id: idOf(event) })];

const changed: Handler = {
  needs: needsPlan,
  apply: (event, rows) => {
    const { owner, minBits, ...same } = event.data as HygienePlanChanges;
    change(rows, idOf(event), {
      ...same,
      ...(owner === undefined ? {} : { owner_kind: owner.kind, owner: owner.id }),
      ...(minBits === undefined ? {} : { min_centibits: centibits(minBits) }),
      revision: event.revision,
    });
  },
};

const retired: Handler = {
  needs: needsPlan,
  apply: (event, rows) => change(rows, idOf(event), { retired_at: event.occurredAt, revision: event.revision }),
};

const needsPlanOfRun: Handler['needs'] = ({ data }) => [
  row(hygienePlans, { plan_id: (data as RunEvent['data']).planId }),
];

const scheduled: Handler = {
  needs: needsPlanOfRun,
  apply: (event, rows) => {
    const { planId, at } = event.data as Extract<RunEvent, { type: 'hygiene-run.scheduled' }>['data'];
    change(rows, planId, { next_run_at: at === null ? null : new Date(at) });
  },
};

const ran: Handler = {
  needs: needsPlanOfRun,
  apply: (event, rows) => {
    const { type, data, id } = event as Run;
    const done = type === 'hygiene-run.done' ? data : undefined;
    rows.put(hygieneRuns, {
      run_id: id,
      plan_id: data.planId,
      owner_kind: data.owner.kind,
      owner: data.owner.id,
      due_at: new Date(data.dueAt),
      ran_at: new Date(data.ranAt),
      late: data.late,
      missed: data.missed,
      failure: type === 'hygiene-run.failed' ? data.reason : null,
      up_to: done?.upTo ?? null,
      long_ago: done ? new Date(done.longAgo) : null,
      months: done?.months ?? null,
      min_centibits: done ? centibits(done.minBits) : null,
      findings: done?.findings ?? [],
    });
    change(rows, data.planId, { next_run_at: new Date(data.next) });
  },
};

/** The plans that there are, and what became of their runs. */
export const planHandlers = {
  'hygiene-plan.made': made,
  'hygiene-plan.changed': changed,
  'hygiene-plan.retired': retired,
  'hygiene-run.scheduled': scheduled,
  'hygiene-run.done': ran,
  'hygiene-run.failed': ran,
} satisfies Record<(PlanEvent | RunEvent)['type'], Handler>;
