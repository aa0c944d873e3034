import { type ImportOrder, packageName } from './import-order.ts';

/**
 * Biome's configuration that refuses what the import order does, types included
 * (https://biomejs.dev/linter/rules/no-restricted-imports/): one override a package, one a folder of it, since the last that fits
 * a file is the one that counts. The paths of imports are matched as they are written.
 */
export function biomeRules({ packages, folders }: ImportOrder): {
  readonly $schema: string;
  readonly overrides: readonly object[];
} {
  const ours = Object.keys(packages)
    .map(packageName)
    .filter((each) => !each.startsWith('@fluxwright/'));
  const overrides = Object.entries(packages).flatMap(([name, may]) => {
    const packagePatterns = [packagePattern(name, may, ours), { group: ['../**/src/**'], message: byName }];
    const order = folders[name] ?? [];
    return [
      override([`tools/${name}/src/**`], packagePatterns),
      ...order.flatMap((folder, index) => {
        const above = order.slice(index + 1);
        if (above.every((each) => each === '.')) return [];
        const files = folder === '.' ? [`tools/${name}/src/*`] : [`tools/${name}/src/${folder}/**`];
        return [override(files, [...packagePatterns, folderPattern(folder, above)])];
      }),
    ];
  });
  return { $schema: './node_modules/@biomejs/biome/configuration_schema.json', overrides };
}

interface Pattern {
  readonly group: readonly string[];
  readonly message: string;
}

const byName = 'Another package is imported by its name.';

/** `ours` are the packages of ours that have no scope. */
function packagePattern(name: string, may: readonly string[], ours: readonly string[]): Pattern {
  return {
    group: ['@fluxwright/*', ...ours, ...may.map((each) => `!${packageName(each)}`)],
    message: `Imports point down only: ${name} may import ${may.length === 0 ? 'no package of ours' : may.join(', ')} (tools/imports.json).`,
  };
}

function folderPattern(folder: string, above: readonly string[]): Pattern {
  const up = folder === '.' ? ['./'] : ['../', '../../', '../../../'];
  // Which files lie in `src` itself a pattern cannot tell from below: the test of the import order can.
  const names = above.filter((each) => each !== '.');
  const group = up.map((way) => `${way}{${names.join(',')}}/**`);
  return { group, message: `Imports point down only: ${above.join(', ')} stand above ${folder} (tools/imports.json).` };
}

function override(files: readonly string[], patterns: readonly Pattern[]): object {
  return {
    includes: [...files, '!**/*.test.ts'],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
  };
}
