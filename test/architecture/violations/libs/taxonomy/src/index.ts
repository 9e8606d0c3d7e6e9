import '#libs/read-store';
export const taxonomy = 1;
