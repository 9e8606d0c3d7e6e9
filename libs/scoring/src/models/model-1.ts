import type { ScoringModel } from '../model.js';

/** One half-life for all, and nothing damped or capped. */
export const model1: ScoringModel = {
  version: 1,
  groups: {
    all: {
      halfLifeDays: 60,
      kinds: {
        'email.opened': 1,
        'email.clicked': 8,
        'email.replied': 25,
        'call.made': 15,
        'meeting.held': 15,
        'event.registered': 6,
        'event.attended': 20,
        'content.shared': 5,
        'interest.expressed': 10,
        'application.submitted': 20,
      },
    },
  },
  bands: { hot: { enter: 60, leave: 60 }, warm: { enter: 20, leave: 20 } },
  dormantAfterDays: 180,
};
