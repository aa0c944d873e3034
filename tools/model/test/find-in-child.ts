import { hasErrors } from '@fluxwright/diagnostics';
import { checkComponent, loadWorkspace, resolveCluster } from '../src/index.ts';

// The findings of a workspace as load and resolve make them, printed as JSON: a program of its own, so that a test can
// bound its processor time (see find-within.ts).
const root = process.argv[2] ?? '';
const { value: workspace, diagnostics } = loadWorkspace(root);
const components = [...workspace.components.values()].flatMap(checkComponent);
const clusters = workspace.clusterNames.flatMap((name) => resolveCluster(workspace, name).diagnostics);
const all = [...diagnostics, ...components, ...clusters];
process.stdout.write(JSON.stringify({ diagnostics: all, failed: hasErrors(all) }));
