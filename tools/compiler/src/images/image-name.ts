/** An image as it is pulled: its parts. */
export interface ImageName {
  /** With its registry: `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:<hex>`. */
  readonly digest?: string;
}

/** github.com/distribution/reference, grammar of `reference`, with digests of sha256 alone. */
const form =
  /^([a-z0-9.-]+(?::\d+)?\/)?([a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/**
 * Reads an image as container runtimes do: a first part without a dot, a port or `localhost` is no registry, and without one Docker
 * Hub is meant (github.com/distribution/reference, normalize.go). Undefined for what is no image.
 */
export function imageName(text: string): ImageName | undefined {
  const [, first = '', path = '', tag, digest] = form.exec(text) ?? [];
  if (path === '') return undefined;
  const isRegistry = /[.:]/.test(first) || first === 'localhost/';
  const whole = isRegistry ? path : `${first}${path}`;
  const registry = isRegistry ? first : 'docker.io/';
  const isOfHub = registry === 'docker.io/' && !whole.includes('/');
  return {
    repository: `${registry}${isOfHub ? 'library/' : ''}${whole}`,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The image on one line. */
export function imageText({ repository, tag, digest }: ImageName): string {
  return `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
