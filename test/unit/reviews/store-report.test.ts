import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { storeReport } from '../../../activities/reviews/report/store-report.ts';
import type {
  ReportPart,
  ReviewReportRepository,
} from '../../../shared/platform/persistence/review-report-repository.ts';

const of = { orgId: 'org_1', reviewId: 'rvw_1', format: 'json' } as const;

/** Keeps parts as a database does: as UTF-8, and the first one of each number. */
function memoryReports(more: Partial<ReviewReportRepository> = {}) {
  const parts = new Map<number, string>();
  const keep = ({ number, text }: ReportPart): Promise<void> => {
    parts.set(number, Buffer.from(text).toString('utf8'));
    return Promise.resolve();
  };
  const reports: ReviewReportRepository = {
    insertPart: (part) => (parts.has(part.number) ? Promise.resolve() : keep(part)),
    replacePart: keep,
    readPart: (_org, _review, _format, number) => Promise.resolve(parts.get(number)),
    ensureIndexes: () => Promise.resolve(),
    ...more,
  };
  return { reports, parts, whole: () => [...parts.values()].join('') };
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('parts are as long as they may be, together the text, and hashed as they are stored', async () => {
  const { reports, parts, whole } = memoryReports();
  const text = 'é'.repeat(25);
  const stored = await storeReport(reports, of, ['é', 'é'.repeat(20), 'éééé'], 10);
  expect([...parts.values()].map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(whole()).toBe(text);
  expect(stored).toEqual({ sha256: sha256(text), bytes: 50, parts: 3 });
});

test('no character is cut in two', async () => {
  const { reports, parts, whole } = memoryReports();
  await storeReport(reports, of, ['abc', '😀😀😀😀'], 4);
  expect([...parts.values()]).toEqual(['abc', '😀😀', '😀😀']);
  expect(whole()).toBe('abc😀😀😀😀');
});

test('half a character is stored as what it becomes, and hashed so', async () => {
  const { reports, whole } = memoryReports();
  const stored = await storeReport(reports, of, ['a\ud83d!']);
  expect([whole(), stored.sha256]).toEqual(['a\ufffd!', sha256('a\ufffd!')]);
});

test('what an attempt before left is replaced where it is another, and the hash is of what is stored', async () => {
  const { reports, whole } = memoryReports();
  await storeReport(reports, of, ['Ada Byron decided, '], 5);
  const stored = await storeReport(reports, of, ['Ada Lovelace decided it.'], 5);
  expect(whole()).toBe('Ada Lovelace decided it.');
  expect(stored).toMatchObject({ sha256: sha256(whole()), parts: 5 });
});

test('no hash is given of what the database did not take', async () => {
  const { reports } = memoryReports({ readPart: () => Promise.resolve('something else') });
  await expect(storeReport(reports, of, ['text'])).rejects.toThrow('part 1 of rvw_1 as json was not stored');
});
