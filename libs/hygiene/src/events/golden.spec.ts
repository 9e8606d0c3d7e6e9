import { itKeepsGoldenSamples } from '#libs/testing';
import { describe } from '@jest/globals';
import { hygieneEventDefinitions } from '../index.js';

describe('The golden samples', () => {
  itKeepsGoldenSamples(new URL('./golden/', import.meta.url), hygieneEventDefinitions);
});
