/** The Deployment `web`, whose pods have an account and a container that reads something: `env` or `envFrom`, in one line. */
export function sampleDeployment({ account, reads }: { readonly account: string; readonly reads: string }): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: ${account}
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          ${reads}
`;
}
