/** What holds for every operation; Markdown. */
export const INTRODUCTION = `
Gangway carries out departures of people, step by step, each step proven by reading it back from the target.

**Keys.** Every address below \`/v1\` needs an API key: \`Authorization: Bearer gw_…\`. A key has scopes, as \`people:read\`, or
all of an area, as \`people:*\`; each operation names the one it needs. The owner of the key is the actor of what is done with it.
There are 300 requests a minute for each key.

**Requests** are JSON in UTF-8, 1 MB at most. A member or a query parameter that is not described is refused, so that a
misspelt one is never ignored.

**Answers** may gain members and headers, and lists of words (states, kinds of step, codes) may gain words: ignore what you do
not know. Instants are UTC; where a person's own time matters, the local time stands beside it.

**Refusals** are problems (RFC 9457, \`application/problem+json\`). Decide by their \`code\`, which is stable. Each operation
lists the codes to expect by status; an address that does not exist is \`ROUTE_UNKNOWN\`, a method it does not take is
\`METHOD_NOT_ALLOWED\` with the header \`Allow\`.

**Sent twice.** Commands take an \`Idempotency-Key\`: the same key with the same request has one effect and gives the same
answer. After 503, or without an answer at all, send the same request again.

**Lists** come in pages: \`next\` of one page is \`after\` of the following one; its whole address is in the header \`Link\`.

**At the same time.** What has an \`ETag\` takes \`If-Match\`: of several who change the same revision exactly one goes on. Where nothing
has a revision the header is refused, not ignored.
`.trim();
