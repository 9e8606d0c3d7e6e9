import 'node:fs';
export const impure = 1;
