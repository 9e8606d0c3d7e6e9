export { engagement } from './engagement.projection.js';
export { hottest, type HottestCriteria, type HottestPage } from './queries/hottest.query.js';
export { factsOf, factsRecordedFor, type CandidateFact } from './queries/facts.query.js';
export {
  explain,
  scoreOf,
  scoresOf,
  whatIfOf,
  type Score,
  type ScoreSummary,
  type ScoreTerm,
} from './queries/score.query.js';
export { bandsSql } from './queries/criteria-sql.js';
export { bandSql, ceilingSql, heatSql, inBandSql, mostSql } from './queries/standing-sql.js';
export { tryModels, type Trial, type TrialScore } from './queries/trial.query.js';
export { engagementFacts, engagementScores } from './tables.js';
