import type { Repositories } from '../../../shared/platform/persistence/create-repositories.ts';

/** What is needed from outside to write reports. */
export interface ReportPorts {
  readonly repositories: Pick<
    Repositories,
    'findings' | 'reviews' | 'people' | 'apiKeys' | 'organisations' | 'reviewReports'
  >;
}
