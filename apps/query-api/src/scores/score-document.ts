import type { WhatIf } from '#libs/scoring';
import type { Score, ScoreSummary } from '#projections/engagement';
import type { ScoreDocument, ScoreSummaryDocument } from './score.dto.js';

/** A score without what it's made of. */
export const scoreSummary = ({ candidateId, score, band, next, ...rest }: ScoreSummary): ScoreSummaryDocument => ({
  candidateId,
  score,
  band,
  next: next && { band: next.band, at: next.at.toISOString() },
  lastSignalAt: rest.lastSignalAt?.toISOString() ?? null,
  unsubscribed: rest.unsubscribed,
  complained: rest.complained,
});

/** A score and what it's made of. */
export const scoreDocument = (score: Score, whatIf: readonly WhatIf[]): ScoreDocument => ({
  ...scoreSummary(score),
  at: score.at.toISOString(),
  modelVersion: score.modelVersion,
  bandSince: score.bandSince?.toISOString() ?? null,
  lifetimePoints: score.lifetimePoints,
  caps: [...score.caps],
  whatIf: [...whatIf],
  terms: score.terms.map(({ occurredAt, ...term }) => ({ ...term, occurredAt: occurredAt.toISOString() })),
  leftOut: score.leftOut.map(({ occurredAt, ...event }) => ({ ...event, occurredAt: occurredAt.toISOString() })),
});
