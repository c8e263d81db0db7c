export { fastForward, workflowClock } from '../../standalone/private-engine/fast-forward.ts';
