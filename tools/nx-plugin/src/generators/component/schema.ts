/** Options of the generator `component`; schema.json says what they mean. */
export interface ComponentOptions {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly namespace?: string;
  readonly chart?: string;
  readonly repository?: string;
  readonly chartVersion?: string;
  readonly kustomize?: boolean;
  readonly services?: string;
  readonly cluster?: string;
  readonly skipInstall?: boolean;
}
