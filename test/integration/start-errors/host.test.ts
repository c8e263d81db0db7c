import { describeProvocations } from '../../support/provocations/describe-provocations.ts';
import { HOST_PROVOCATIONS } from '../../support/provocations/host.ts';

describeProvocations('host', HOST_PROVOCATIONS);
