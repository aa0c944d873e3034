export { createDependencies } from './graph/create-dependencies.ts';
export { createNodes } from './graph/create-nodes.ts';

/** Name of the plugin in Nx's messages and in `nx show project`. */
export const name = '@fluxwright/nx-plugin';
