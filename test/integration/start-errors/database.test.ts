import { describeProvocations } from '../../support/provocations/describe-provocations.ts';
import { DATABASE_PROVOCATIONS } from '../../support/provocations/database.ts';

describeProvocations('database', DATABASE_PROVOCATIONS);
