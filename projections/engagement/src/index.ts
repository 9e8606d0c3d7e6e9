export { engagement, engagementBy, engagementName } from './engagement.projection.js';
export { hottest, modelOfCursor, type HottestCriteria, type HottestPage } from './queries/hottest.query.js';
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
export { changeKinds, changesBetween, type ChangeKind, type ScoreChanges } from './queries/score-changes.js';
export { compareModels, type ModelComparison } from './queries/comparison.query.js';
export { pastScores, type PastScores } from './queries/past-scores.query.js';
export { bandsSql } from './queries/criteria-sql.js';
export { bandSql, ceilingSql, heatSql, inBandSql, mostSql } from './queries/standing-sql.js';
export { tryModels, type Trial, type TrialScore } from './queries/trial.query.js';
export { builtInStandings, engagementFacts, engagementScores, standingsBy, type Standings } from './tables.js';
