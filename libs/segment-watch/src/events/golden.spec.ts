import { itKeepsGoldenSamples } from '#libs/testing';
import { describe } from '@jest/globals';
import { segmentEventDefinitions } from './segment-events.js';

describe('The golden samples', () => {
  itKeepsGoldenSamples(new URL('./golden/', import.meta.url), segmentEventDefinitions);
});
