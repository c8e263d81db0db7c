/** A variable of the environment that cannot be used. The message is one sentence that names it and never holds a secret. */
export class ConfigError extends Error {
  readonly code = 'BAD_VARIABLE';
  readonly variable: string;

  constructor(variable: string, expectation: string) {
    super(`${variable} ${expectation}.`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}
