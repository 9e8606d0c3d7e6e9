import '#libs/candidates';
export const eventFields = 1;
