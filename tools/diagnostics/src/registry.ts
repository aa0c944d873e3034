/** `error` stops the cluster it belongs to, `warning` and `hint` do not. */
export type Severity = 'error' | 'warning' | 'hint';

interface CodeEntry {
  readonly severity: Severity;
  /** Half a sentence for the index in docs/errors. */
  readonly title: string;
}

/**
 * Every code there is: `<stage>/<kebab-name>`. Codes are stable once released. Each has a page docs/errors/<code>.md
 * and a bad input under tools/testing/fixtures/diagnostics/<code>/ whose snapshot shows input and message together.
 */
export const registry = {
  'load/no-workspace': { severity: 'error', title: 'the folder is not a Fluxwright workspace' },
  'load/no-clusters': { severity: 'error', title: 'the workspace has no cluster' },
  'load/missing-manifest': { severity: 'error', title: 'a folder has no manifest' },
  'load/yaml-syntax': { severity: 'error', title: 'a file is not valid YAML' },
  'load/json-syntax': { severity: 'error', title: 'a file is not valid JSON' },
  'load/duplicate-key': { severity: 'error', title: 'a YAML map has a key twice' },
  'load/alias-bomb': { severity: 'error', title: 'YAML aliases or nesting grow beyond the limit' },
  'load/too-large': { severity: 'error', title: 'a file is larger than the limit' },
  'load/binary-file': { severity: 'error', title: 'a text file has bytes that are not UTF-8 text' },
  'load/broken-symlink': { severity: 'error', title: 'a symlink points at nothing' },
  'load/path-escapes': { severity: 'error', title: 'a path or symlink leaves its folder' },
  'load/unreadable': { severity: 'error', title: 'a file cannot be read' },
  'load/unknown-key': { severity: 'error', title: 'a manifest has a key its schema does not know' },
  'load/wrong-type': { severity: 'error', title: 'a manifest value has the wrong type' },
  'load/missing-key': { severity: 'error', title: 'a manifest lacks a required key' },
  'load/invalid-value': { severity: 'error', title: 'a manifest value breaks its schema' },
  'load/name-mismatch': { severity: 'error', title: 'folder name and metadata.name differ' },
  'load/duplicate-component': { severity: 'error', title: 'two packages declare the same component' },
  'load/invalid-schema': { severity: 'error', title: 'a values.schema.json is not a usable JSON Schema' },
  'load/loose-schema': { severity: 'warning', title: 'a values.schema.json is open or does not describe a key' },
  'load/unused-file': { severity: 'warning', title: 'a file in a component is never used' },
  'resolve/unknown-component': { severity: 'error', title: 'a component does not exist' },
  'resolve/unknown-product': { severity: 'error', title: 'a product does not exist' },
  'resolve/unknown-capability': { severity: 'error', title: 'no component provides a capability' },
  'resolve/unknown-cluster': { severity: 'error', title: 'a cluster does not exist' },
  'resolve/ambiguous-capability': { severity: 'error', title: 'several components could provide a capability' },
  'resolve/duplicate-capability': { severity: 'error', title: 'two components provide the same capability' },
  'resolve/unknown-choice': { severity: 'error', title: 'a choice has no such option' },
  'resolve/choice-conflict': { severity: 'error', title: 'choices exclude each other' },
  'resolve/choice-unavailable': {
    severity: 'error',
    title: 'an option or component is declared but not available yet',
  },
  'resolve/component-excluded': { severity: 'error', title: "a component does not exist under the cluster's choices" },
  'resolve/peer-mismatch': { severity: 'error', title: 'the clusters of a pair do not agree' },
  'resolve/cycle': { severity: 'error', title: 'components depend on each other in a circle' },
  'resolve/unknown-value': { severity: 'error', title: 'a value has a key the component does not declare' },
  'resolve/invalid-value': { severity: 'error', title: "a value breaks the component's schema" },
  'resolve/missing-value': { severity: 'error', title: 'a required value is set nowhere' },
  'resolve/unused-values': { severity: 'error', title: 'values are set for a component the cluster does not have' },
  'plan/output-conflict': { severity: 'error', title: 'two tasks write the same path' },
  'plan/namespace-conflict': {
    severity: 'error',
    title: 'components that share a namespace want it labelled differently',
  },
  'plan/unsupported-flux': { severity: 'error', title: 'the Flux version is older than the output needs' },
  'plan/unsupported-kubernetes': { severity: 'error', title: 'there are no schemas for the Kubernetes version' },
  'render/template-syntax': { severity: 'error', title: 'a template does not parse' },
  'render/unknown-helper': { severity: 'error', title: 'a template calls a function or block that does not exist' },
  'render/unknown-value': { severity: 'error', title: 'a template names a value that does not exist' },
  'render/missing-value': { severity: 'error', title: 'a template prints a value that is not set' },
  'render/helper-failed': { severity: 'error', title: 'a template helper refused its input' },
  'render/wrong-type': { severity: 'error', title: 'a template prints a map or loops over a scalar' },
  'render/limit': { severity: 'error', title: 'a template writes more than the limit' },
  'render/invalid-yaml': { severity: 'error', title: 'a template yields invalid YAML' },
  'render/not-an-object': { severity: 'error', title: 'a template yields something that is no Kubernetes object' },
  'render/invalid-kustomization': { severity: 'error', title: 'a kustomization file cannot be used' },
  'validate/duplicate-object': { severity: 'error', title: 'one object comes from two places' },
  'validate/invalid-name': { severity: 'error', title: 'Kubernetes refuses the name of an object' },
  'validate/invalid-label': { severity: 'error', title: 'Kubernetes refuses a label or annotation' },
  'validate/missing-namespace': { severity: 'error', title: 'an object lives in a namespace nobody makes' },
  'validate/missing-reference': { severity: 'error', title: 'a Flux object refers to one that is not there' },
  'validate/secret-data': { severity: 'error', title: 'a Secret carries data' },
  'validate/schema': { severity: 'error', title: 'an object breaks the schema of its kind' },
  'validate/unknown-kind': { severity: 'error', title: "the cluster's Kubernetes has no such kind" },
  'validate/no-schema': { severity: 'hint', title: 'nothing in the cluster declares a kind, so it is not checked' },
  'write/foreign-file': { severity: 'error', title: 'the output folder holds a file Fluxwright did not write' },
  'write/failed': { severity: 'error', title: 'the tree could not be written' },
  'publish/invalid-target': { severity: 'error', title: 'a URL, branch or path to publish to is refused' },
  'publish/unproved-tree': { severity: 'error', title: 'generated/ does not hold what the compiler proves' },
  'publish/unauthorized': { severity: 'error', title: 'the server does not accept the credentials' },
  'publish/missing-repository': { severity: 'error', title: 'the repository does not exist' },
  'publish/missing-branch': { severity: 'error', title: 'the branch does not exist' },
  'publish/foreign-folder': { severity: 'error', title: 'the folder in the branch is not of Fluxwright' },
  'publish/moved': { severity: 'error', title: 'somebody else has published the cluster in between' },
  'publish/refused': { severity: 'error', title: 'the server refused the push' },
  'publish/unreachable': { severity: 'error', title: 'the server cannot be reached or does not answer' },
  'publish/server-error': { severity: 'error', title: 'the server failed or broke off' },
  'publish/failed': { severity: 'error', title: 'git or this machine failed' },
  'publish/forge': { severity: 'error', title: "Gitea's API refused a request" },
  'cli/unknown-object': { severity: 'error', title: 'explain was asked for an object the cluster does not have' },
  'cli/unknown-path': { severity: 'error', title: 'explain was asked for a path the object does not have' },
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof registry;
