/** A variable that start-servers.mjs sets. Throws when the test does not belong to a project with servers. */
export function testVariable(name: 'GANGWAY_TEST_MONGODB_URI' | 'GANGWAY_TEST_TEMPORAL_ADDRESS'): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this project has no servers (see jest.config.mjs).`);
  return value;
}
