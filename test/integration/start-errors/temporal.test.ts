import { describeProvocations } from '../../support/provocations/describe-provocations.ts';
import { TEMPORAL_PROVOCATIONS } from '../../support/provocations/temporal.ts';

describeProvocations('temporal', TEMPORAL_PROVOCATIONS);
