import '#projections/second';
export const first = 1;
