import { showsPage } from '../openapi/operation.ts';

/** What a page behind a link shows where it cannot do what it is for. Each adds its own `410`. */
export const OF_NO_USE = {
  404: showsPage('There is no such link.'),
  429: showsPage('Too many requests came from this address.', 'Retry-After'),
  500: showsPage('Something unexpected happened.'),
  503: showsPage('Something does not answer at this moment.'),
};
