interface Family {
  readonly comments: Map<string, string>;
  readonly samples: string[];
}

const COMMENT = /^# (?<keyword>HELP|TYPE) (?<name>\S+)/u;

/**
 * One text in Prometheus' format out of several: a metric that several processes have is described once, with the samples
 * of all of them below. Their labels keep them apart.
 */
export function mergeExpositions(texts: readonly string[]): string {
  const families = new Map<string, Family>();
  for (const text of texts) {
    let family: Family | undefined;
    for (const line of text.split('\n').filter((one) => one !== '')) {
      const { keyword, name } = COMMENT.exec(line)?.groups ?? {};
      if (keyword === undefined || name === undefined) {
        family?.samples.push(line);
        continue;
      }
      family = families.get(name) ?? { comments: new Map(), samples: [] };
      families.set(name, family);
      if (!family.comments.has(keyword)) family.comments.set(keyword, line);
    }
  }
  const parts = [...families.values()].map(({ comments, samples }) => [...comments.values(), ...samples]);
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
