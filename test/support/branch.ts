/** The second target of every test engine. */
export const BRANCH = 'branch';
