/**
 * What an event's `normalised` was made with: the editions of O*NET and GeoNames, and a number that goes up whenever the same
 * title, skill or location would come out differently, be it by another list or by other rules.
 */
export const taxonomyVersion = 'onet-29.3+geonames-2023.03+2';
