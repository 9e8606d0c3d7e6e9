import { itKeepsGoldenSamples } from '#libs/testing';
import { describe } from '@jest/globals';
import { messageWatchEventDefinitions } from './message-watch.js';

describe('The golden samples', () => {
  itKeepsGoldenSamples(new URL('./golden/', import.meta.url), messageWatchEventDefinitions);
});
