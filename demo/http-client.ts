export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface HttpClient {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  patch(path: string, body: object): Promise<Answer>;
  /** Whose session a token is, as the leaver's own programs would ask. */
  session(token: string): Promise<Answer>;
}

let commands = 0;

/** The API as somebody with a key uses it. */
export function createHttpClient(url: string, key: string): HttpClient {
  const send = async (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    commands += 1;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...headers,
        ...(method === 'POST' ? { 'idempotency-key': `demo-${commands}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
    session: (token) => send('GET', '/v1/directory/session', undefined, { 'x-session-token': token }),
  };
}
