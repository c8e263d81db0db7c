import type { TargetConnector } from '../../activities/ports/target-connector.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { SETUP_LINK_MS } from '../../shared/domain/setup-link.ts';
import { MailNotSent } from '../../shared/platform/mail/mail.ts';
import type { KINDS_OF_ONBOARDINGS } from '../../shared/domain/step-kinds.ts';
import type { TestEngine } from './engine.ts';
import { lie, override } from './interceptions.ts';
import type { TestOnboarding } from './onboarding.ts';

/** How the world deceives one kind of step, or fails it. */
export interface OnboardingDeceit {
  readonly stepKey: string;
  /** What the step must end with. */
  readonly errorCode: string;
  /** Days after the first day at which it begins, and on which the step must have been given up. */
  readonly fromDay: number;
  readonly redOnDay: number;
  /** The step is on the way back, which is asked for once it has begun. */
  readonly undone?: true;
  readonly begin: (onboarding: TestOnboarding) => void;
  /** What somebody does before the step is tried again. */
  readonly mend?: (onboarding: TestOnboarding) => Promise<void>;
}

type OnboardingKind = (typeof KINDS_OF_ONBOARDINGS)[number];
type Deceits = Readonly<Record<OnboardingKind, OnboardingDeceit>>;

const making = { fromDay: -8, redOnDay: -4 };
const opening = { fromDay: -1, redOnDay: 3 };
const back = { fromDay: 2, redOnDay: 6, undone: true } as const;

/** Nothing reaches one address; whoever is to hear of it still does. */
export function withoutMailTo(engine: TestEngine, orgId: string, address: string): void {
  engine.interceptPorts(orgId, (real) => ({
    ...real,
    notifier: {
      send: (mail) =>
        mail.to.includes(address) ? Promise.reject(new MailNotSent('refused')) : real.notifier.send(mail),
    },
  }));
}

/** A lie for every kind of step: the target says it is done, or shows what is not so. */
export function onboardingLies(engineOf: () => TestEngine): Deceits {
  const target = (methods: Partial<TargetConnector>) => (onboarding: TestOnboarding) =>
    override(engineOf(), onboarding.orgId, methods);
  const ports = (change: (real: Ports) => Partial<Ports>) => (onboarding: TestOnboarding) =>
    engineOf().interceptPorts(onboarding.orgId, (real) => ({ ...real, ...change(real) }));
  const repositories = (change: (real: Ports['repositories']) => Partial<Ports['repositories']>) =>
    ports(({ repositories: real }) => ({ repositories: { ...real, ...change(real) } }));
  const noMailTo = (address: (onboarding: TestOnboarding) => string) => (onboarding: TestOnboarding) =>
    withoutMailTo(engineOf(), onboarding.orgId, address(onboarding));
  const noMailToManager = noMailTo(({ manager }) => manager.address);
  const mismatch = 'READ_BACK_MISMATCH';
  return {
    reserveNames: {
      ...{ stepKey: 'undo-reserve-names', errorCode: mismatch, ...back, fromDay: -8, redOnDay: -4 },
      begin: repositories(({ claims }) => ({ claims: { ...claims, release: () => Promise.resolve(true) } })),
    },
    createAccount: {
      ...{ stepKey: 'create-account', errorCode: mismatch, ...making },
      begin: target({ createAccount: lie }),
    },
    addMemberships: {
      ...{ stepKey: 'add-memberships', errorCode: mismatch, ...making },
      begin: target({ setMemberships: lie }),
    },
    remindManager: {
      ...{ stepKey: 'remind-manager', errorCode: 'MAIL_NOT_SENT', fromDay: -3, redOnDay: 0 },
      begin: noMailToManager,
    },
    activateAccount: {
      ...{ stepKey: 'activate-account', errorCode: mismatch, ...opening },
      begin: target({ enable: lie }),
    },
    giveWelcome: {
      ...{ stepKey: 'give-welcome', errorCode: 'MAIL_NOT_SENT', ...opening },
      begin: noMailTo(({ person }) => person.privateContact!),
    },
    proveUsable: {
      ...{ stepKey: 'prove-usable', errorCode: 'LINK_NOT_USABLE', ...opening },
      begin: repositories(({ setupLinks }) => ({
        setupLinks: { ...setupLinks, give: () => Promise.resolve() },
      })),
      // A link by hand.
      async mend(onboarding) {
        const { orgId, person } = onboarding;
        const createdAtMs = await onboarding.clock();
        const link = { id: person.id, orgId, personId: person.id, createdAtMs };
        const expiresAtMs = createdAtMs + SETUP_LINK_MS;
        await engineOf().repositories.setupLinks.give({ ...link, expiresAtMs });
      },
    },
    followUp: {
      ...{ stepKey: 'follow-up', errorCode: 'MAIL_NOT_SENT', fromDay: 6, redOnDay: 9 },
      begin: noMailToManager,
    },
    voidWelcome: {
      ...{ stepKey: 'undo-give-welcome', errorCode: mismatch, ...back, fromDay: 1, redOnDay: 5 },
      begin: repositories(({ setupLinks }) => ({
        setupLinks: { ...setupLinks, voidAll: () => Promise.resolve(0) },
      })),
    },
    closeAccount: {
      ...{ stepKey: 'undo-activate-account', errorCode: mismatch, ...back },
      begin: target({ disable: lie }),
    },
    removeCreatedAccount: {
      ...{ stepKey: 'undo-create-account', errorCode: mismatch, ...back },
      begin: target({ deleteAccount: lie }),
    },
    freeNames: {
      ...{ stepKey: 'undo-reserve-names', errorCode: mismatch, ...back },
      begin: repositories(({ claims }) => ({
        claims: { ...claims, quarantine: () => Promise.resolve({ kind: 'quarantined' }) },
      })),
    },
  };
}
