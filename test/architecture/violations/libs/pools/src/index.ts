export const pools = 1;
