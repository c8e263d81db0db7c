/** The local date that the days of sample cases count from, in a zone without clock changes unless somebody names one. */
export const SAMPLE_DAY = '2031-06-02';
/** When they were asked for: long before, so that nothing is late. */
export const SAMPLE_ASKED_AT_MS = Date.UTC(2030, 0, 1);
export const SAMPLE_ZONE = 'UTC';
