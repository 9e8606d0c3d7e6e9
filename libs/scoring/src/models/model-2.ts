import type { ScoringModel } from '../model.js';

/**
 * What's read fades twice as fast as what's said, counts for 40 points at most, and counts less when it comes in a burst;
 * who was hot stays so until below 50.
 */
export const model2: ScoringModel = {
  version: 2,
  groups: {
    reading: {
      halfLifeDays: 45,
      cap: 40,
      kinds: { 'email.opened': 1, 'email.clicked': 8, 'content.shared': 5 },
    },
    talking: {
      halfLifeDays: 90,
      kinds: {
        'email.replied': 25,
        // An answered call.
        'call.made': 15,
        'meeting.held': 15,
        'event.registered': 6,
        'event.attended': 20,
        // As a form that was sent in.
        'interest.expressed': 10,
        'application.submitted': 20,
      },
    },
  },
  damping: { withinHours: 24 },
  bands: { hot: { enter: 60, leave: 50 }, warm: { enter: 20, leave: 20 } },
  dormantAfterDays: 180,
};
