/** A rule that Kubernetes has for names: why it refuses `name`, or undefined where it does not. */
export type NameRule = (name: string) => string | undefined;

/** RFC 1123 subdomain: k8s.io/apimachinery pkg/util/validation IsDNS1123Subdomain. Most kinds, and custom resources. */
export const dnsSubdomain: NameRule = (name) => {
  if (name.length > 253) return 'it is longer than 253 characters';
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) return undefined;
  return 'it may hold lower-case letters, digits, "-" and ".", and each part begins and ends with a letter or digit';
};

/** RFC 1123 label: IsDNS1123Label of the same package. Namespaces. */
export const dnsLabel: NameRule = (name) => {
  if (name.length > 63) return 'it is longer than 63 characters';
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  return 'it may hold lower-case letters, digits and "-", and begins and ends with a letter or digit';
};

/** RFC 1035 label: IsDNS1035Label of the same package. Services before Kubernetes 1.36. */
export const dns1035Label: NameRule = (name) => {
  if (name.length > 63) return 'it is longer than 63 characters';
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  return 'it may hold lower-case letters, digits and "-", begins with a letter and ends with a letter or digit';
};

/** One segment of a URL path: k8s.io/apimachinery pkg/api/validation/path IsValidPathSegmentName. RBAC kinds. */
export const pathSegment: NameRule = (name) => {
  if (name === '.' || name === '..') return 'it may not be "." or ".."';
  return /[/%]/.test(name) ? 'it may not hold "/" or "%"' : undefined;
};

/** A CronJob adds 11 characters to the names of its Jobs, which are labels: k8s.io/kubernetes pkg/apis/batch/validation. */
export const cronJobName: NameRule = (name) =>
  name.length > 52 ? 'it is longer than 52 characters' : dnsSubdomain(name);

/**
 * The rule for names of a kind: one of {@link nameRules}, or {@link dnsSubdomain}. Services take RFC 1123 labels from 1.36 on,
 * where the feature gate RelaxedServiceNameValidation is on by default (from 1.37 on for good), and RFC 1035 labels before
 * (k8s.io/kubernetes v1.36.4 and v1.37.2, pkg/features/kube_features.go; pkg/apis/core/validation ValidateService).
 */
export function nameRuleOf(kind: string, kubernetesVersion: string): NameRule {
  if (kind === '/Service') return minorOf(kubernetesVersion) >= 36 ? dnsLabel : dns1035Label;
  return nameRules[kind] ?? dnsSubdomain;
}

function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? 0);
}

/**
 * The rule of each kind that differs from {@link dnsSubdomain}: the Validate…Name functions of k8s.io/kubernetes
 * pkg/apis/{core,batch,rbac}/validation. Key: `group/kind`.
 */
export const nameRules: Readonly<Record<string, NameRule>> = {
  '/Namespace': dnsLabel,
  'batch/CronJob': cronJobName,
  'rbac.authorization.k8s.io/Role': pathSegment,
  'rbac.authorization.k8s.io/RoleBinding': pathSegment,
  'rbac.authorization.k8s.io/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
};
