export { engagement } from './engagement.projection.js';
export { hottest, type HottestCriteria, type HottestPage } from './queries/hottest.query.js';
export { scoreOf, scoresOf, type Score, type ScoreTerm } from './queries/score.query.js';
export { engagementContributions, engagementScores } from './tables.js';
