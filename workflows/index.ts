/** Everything Temporal may start. The exported names are the workflow types of `shared/contract/workflows.ts`. */
export { departure } from './departure/departure.ts';
export { reconcile } from './reconcile/reconcile.ts';
