import { markdownTable, plainTable } from '@fluxwright/diagnostics';
import { bytesText, coresText, one, roundedText } from '@fluxwright/kubernetes';
import { amountText } from './amount-text.ts';
import type { Budget, budgetNames } from './budget.ts';
import { type CapacityLedger, sumTotals } from './capacity-ledger.ts';
import { type Amount, sumCosts } from './costs.ts';
import type { LedgerEntry, Totals } from './ledger-entry.ts';
import type { WorkloadDemand } from './workload-demand.ts';

/** How a ledger is printed: for people, for Markdown pages, for programs. */
export type LedgerFormat = 'text' | 'markdown' | 'json';

/** The printers by format. Each ends with a newline. */
export const formatLedger: Readonly<Record<LedgerFormat, (ledger: CapacityLedger) => string>> = {
  text,
  markdown,
  json,
};

const head = ['Category', 'Components', 'RAM', 'CPU', 'GPU', 'Storage', 'Pods'];
const costHead = ['Paid for', 'Number', 'Each a month', 'A month'];
const budgetHead = ['Nodes', 'Resource', 'Asked for', 'There is', 'When lost'];

function text(ledger: CapacityLedger): string {
  const tables = tablesOf(ledger, totalRows(ledger)).map(plainTable);
  return `Capacity of cluster ${ledger.cluster}${ofTree(ledger)}\n\n${tables.join('\n')}\n${sources(ledger)}`;
}

function markdown(ledger: CapacityLedger): string {
  const rows = totalRows(ledger);
  const bold = rows.map((row, index) =>
    index === rows.length - 1 ? row.map((cell) => (cell === '' ? '' : `**${cell}**`)) : row,
  );
  const tables = tablesOf(ledger, bold).map(markdownTable);
  return `## Capacity of ${ledger.cluster}${ofTree(ledger)}\n\n${tables.join('\n')}\n${sources(ledger)}`;
}

type Rows = readonly (readonly string[])[];

/** The tables of a ledger with their heads, those without rows left out. */
function tablesOf(ledger: CapacityLedger, totals: Rows): readonly Rows[] {
  const others: Rows[] = [
    [budgetHead, ...ledger.budgets.map(budgetRow)],
    [costHead, ...costRows(ledger)],
  ];
  return [[head, ...totals], ...others.filter(({ length }) => length > 1)];
}

function ofTree({ tree }: CapacityLedger): string {
  return tree === undefined ? '' : `, of its ${tree} tree`;
}

function costRows({ costs: { lines } }: CapacityLedger): Rows {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => {
    const [each = '', all = ''] = [{ ...line, count: 1 }, line].map((of) => moneyText(sumCosts([of])));
    return [line.title, String(line.count), each, all];
  });
  return [...rows, ['Total', '', '', moneyText(sumCosts(lines))]];
}

function moneyText(sums: ReadonlyMap<string, Amount>): string {
  const text = (hundredths: number): string => (hundredths / 100).toFixed(2);
  return [...sums]
    .map(
      ([currency, { least, most }]) => `${least === most ? text(least) : `${text(least)}–${text(most)}`} ${currency}`,
    )
    .join(' and ');
}

/** Which numbers are those of objects, and which only what component.yaml says. */
function sources({ entries, costs }: CapacityLedger): string {
  const of = (source: WorkloadDemand['source']): string => {
    const own = entries.filter(({ workload }) => workload.source === source);
    const components = [...new Set(own.map(({ workload }) => workload.component))].sort();
    return own.length === 0 ? '0 workloads' : `${own.length} workloads (${components.join(', ')})`;
  };
  const { lines, unpriced } = costs;
  const unsaid = lines.length > 0 && unpriced.length > 0 ? `No price is said of: ${unpriced.join(', ')}.\n` : '';
  return `Counted from objects: ${of('rendered')}; from footprints: ${of('footprint')}.\n${unsaid}`;
}

/** The rows of the categories, and their sum. */
function totalRows({ entries }: CapacityLedger): Rows {
  const categories = [...Map.groupBy(entries, ({ workload }) => workload.category)];
  const rows = categories.map(([category, own]) => {
    const components = [...new Set(own.map(({ workload }) => workload.component))];
    return [title(category), components.join(', '), ...totalCells(sumTotals(own))];
  });
  return [...rows, ['Total', '', ...totalCells(sumTotals(entries))]];
}

function totalCells({ requests, storage, pods }: Totals): readonly string[] {
  return [
    roundedText(requests.memory, 'Gi'),
    roundedText(requests.cpu, ''),
    requests.gpu === 0n ? '-' : String(requests.gpu / one),
    storage === 0n ? '-' : roundedText(storage, 'Gi'),
    String(pods),
  ];
}

function budgetRow({ pools, resource, needed, available, lost }: Budget): readonly string[] {
  return [
    pools.map(({ name, nodes }) => `${nodes} × ${name}`).join(', '),
    resource,
    amountText(resource, needed),
    amountText(resource, available),
    lost === undefined ? '-' : `${lost.nodes} × ${lost.pool.name}`,
  ];
}

function json(ledger: CapacityLedger): string {
  const document = {
    cluster: ledger.cluster,
    ...(ledger.tree !== undefined && { tree: ledger.tree }),
    total: totalsJson(sumTotals(ledger.entries)),
    components: [...Map.groupBy(ledger.entries, ({ workload }) => workload.component)].map(([component, own]) => ({
      component,
      category: own[0]?.workload.category,
      ...totalsJson(sumTotals(own)),
      workloads: own.map(workloadJson),
    })),
    budgets: ledger.budgets.map(({ pools, resource, needed, available, lost }) => ({
      pools: pools.map(({ name }) => name),
      resource,
      needed: exact(resource, needed),
      available: exact(resource, available),
      holds: needed <= available,
      ...(lost && { lost: { pool: lost.pool.name, nodes: lost.nodes } }),
    })),
    costs: ledger.costs.lines,
    monthly: Object.fromEntries(
      [...sumCosts(ledger.costs.lines)].map(([currency, { least, most }]) => [
        currency,
        { least: least / 100, most: most / 100 },
      ]),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function workloadJson(entry: LedgerEntry) {
  const { kind, namespace, name, source } = entry.workload;
  return { kind, namespace, name, source, pools: entry.pools.map((pool) => pool.name), ...totalsJson(entry) };
}

function totalsJson({ requests, limits, storage, volumes, pods }: Totals) {
  return {
    requests: { cpu: coresText(requests.cpu), memory: bytesText(requests.memory), gpu: Number(requests.gpu / one) },
    limits: { cpu: coresText(limits.cpu), memory: bytesText(limits.memory) },
    storage: bytesText(storage),
    volumes,
    pods,
  };
}

function exact(resource: (typeof budgetNames)[number], amount: bigint): string {
  return resource === 'memory' ? bytesText(amount) : coresText(amount);
}

function title(category: string): string {
  return category.charAt(0).toUpperCase() + category.slice(1).replaceAll('-', ' ');
}
