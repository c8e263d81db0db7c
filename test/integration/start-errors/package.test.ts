import { describeProvocations } from '../../support/provocations/describe-provocations.ts';
import { PACKAGE_PROVOCATIONS } from '../../support/provocations/package.ts';

describeProvocations('package', PACKAGE_PROVOCATIONS);
