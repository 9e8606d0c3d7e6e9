import type { ApplicationEvent } from '#libs/candidates';
import { titleWords } from '#libs/criteria';
import { idInStream, type StoredEvent } from '#libs/kernel';
import { followMerges } from '#libs/merging';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { medallistMark } from './medallist-marks.js';
import { funnelApplications, funnelPersons, medallistMarks } from './tables.js';

type Application = RowOf<typeof funnelApplications.columns>;

const idOf = (event: StoredEvent): string => idInStream(event, 'application');

const change = (event: StoredEvent, rows: Rows, to: (known: Application) => Partial<Application>): void => {
  const known = rows.get(funnelApplications, { application_id: idOf(event) });
  if (!known) throw new Error(`${event.type} of an application that was never submitted.`);
  rows.put(funnelApplications, { ...known, ...to(known) });
};

const needsItsRow = (event: StoredEvent) => [row(funnelApplications, { application_id: idOf(event) })];

const moved = <T extends ApplicationEvent['type']>(
  to: (event: StoredEvent & Extract<ApplicationEvent, { type: T }>) => Partial<Application>,
): Handler => ({
  needs: needsItsRow,
  apply: (event, rows) => change(event, rows, () => to(event as StoredEvent & Extract<ApplicationEvent, { type: T }>)),
});

const submitted: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { data, occurredAt } = event as StoredEvent & Extract<ApplicationEvent, { type: 'application.submitted' }>;
    rows.put(funnelApplications, {
      application_id: idOf(event),
      candidate_id: data.candidateId,
      role: data.role,
      role_words: titleWords(data.role),
      requisition_id: data.requisitionId ?? null,
      source_kind: data.source.kind,
      source_name: data.source.name,
      time_precision: event.timePrecision,
      applied_at: occurredAt,
      screened_at: null,
      interviewed_at: null,
      offered_at: null,
      hired_at: null,
      rejected_at: null,
      rejection_reason: null,
      withdrawn_at: null,
    });
  },
};

/** How far applications come, where they end, and who was nearly hired. */
export const funnel = defineProjection({
  name: 'funnel',
  version: 3,
  tables: [funnelApplications, medallistMarks, funnelPersons.aliases, funnelPersons.people],
  handlers: {
    'application.submitted': submitted,
    'application.stage-reached': moved<'application.stage-reached'>(({ data, occurredAt }) => ({
      [`${data.stage}_at`]: occurredAt,
    })),
    'application.hired': moved<'application.hired'>(({ occurredAt }) => ({ hired_at: occurredAt })),
    'application.rejected': moved<'application.rejected'>(({ data, occurredAt }) => ({
      rejected_at: occurredAt,
      rejection_reason: data.reason ?? null,
    })),
    'application.withdrawn': moved<'application.withdrawn'>(({ occurredAt }) => ({ withdrawn_at: occurredAt })),
    'candidate.silver-medallist-marked': medallistMark,
    'candidate.silver-medallist-unmarked': medallistMark,
    ...followMerges(funnelPersons, { needs: () => [], regroup: () => undefined }),
  },
});
