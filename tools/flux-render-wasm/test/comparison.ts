export { catalogueChart, chartNames } from './catalogue-charts.ts';
export { type CatalogueTree, catalogueTrees, type TreeObject } from './catalogue-trees.ts';
export { withTree } from './disk-tree.ts';
export { measuredRenderer } from './measured-renderer.ts';
export { type NativeTools, nativeTools } from './native-tools.ts';
