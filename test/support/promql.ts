import { parser } from '@prometheus-io/lezer-promql';
import type { Registry } from 'prom-client';

/** What a metric of ours is called when it is read, and its labels. */
export type Exported = ReadonlyMap<string, readonly string[]>;

/** Every name that these registries give to a reader, with the labels it may have. */
export function exportedBy(registries: readonly Registry[]): Exported {
  const metrics = registries.flatMap((registry) => registry.getMetricsAsArray()) as unknown as readonly {
    readonly name: string;
    readonly type?: string;
    readonly labelNames: readonly string[];
    readonly buckets?: unknown;
    readonly percentiles?: unknown;
  }[];
  return new Map(
    metrics.flatMap(({ name, labelNames, buckets, percentiles }) => {
      const parts: [string, readonly string[]][] = [
        [`${name}_sum`, labelNames],
        [`${name}_count`, labelNames],
      ];
      if (buckets !== undefined) return [[`${name}_bucket`, [...labelNames, 'le']], ...parts];
      if (percentiles !== undefined) return [[name, [...labelNames, 'quantile']], ...parts];
      return [[name, labelNames]];
    }),
  );
}

/** What is wrong with an expression of PromQL: its syntax, a metric nobody exports, a label the metric does not have. */
export function faultsOf(expression: string, exported: Exported): readonly string[] {
  // Grafana puts a duration in its place.
  const text = expression.replaceAll('$__rate_interval', '5m');
  const faults: string[] = [];
  const textOf = (node: { readonly from: number; readonly to: number }): string =>
    text.slice(node.from, node.to);
  const aggregates: { readonly to: number; readonly labels: string[] }[] = [];
  let labelsOfMetric: readonly string[] = [];
  let metric = '';
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) faults.push(`syntax at ${node.from}: ${text}`);
      if (node.name === 'AggregateExpr') aggregates.push({ to: node.to, labels: [] });
      if (node.name === 'LabelName') {
        const label = textOf(node);
        if (node.node.parent?.name !== 'GroupingLabels') {
          if (!labelsOfMetric.includes(label)) faults.push(`${metric} has no label ${label}`);
        } else if (node.node.parent.parent?.name === 'AggregateModifier')
          aggregates.at(-1)?.labels.push(label);
        else faults.push(`matching on labels is not looked at: ${text}`);
      }
      if (node.name !== 'Identifier') return;
      metric = textOf(node);
      const labels = exported.get(metric);
      if (labels === undefined) faults.push(`nobody exports ${metric}`);
      labelsOfMetric = labels ?? [];
      const wanted = aggregates.filter(({ to }) => to >= node.to).flatMap((one) => one.labels);
      for (const label of wanted)
        if (!labelsOfMetric.includes(label)) faults.push(`${metric} has no label ${label}`);
    },
  });
  return faults;
}
