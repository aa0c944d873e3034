import { isObject, type JsonObject, type JsonValue, mapsIn } from '@fluxwright/documents';
import { type Nano, parseQuantity } from '@fluxwright/kubernetes';
import { type Amounts, addAmounts, maxAmounts, noAmounts } from './workload-demand.ts';

/** What one pod requests, and what it is limited to. */
export interface PodAmounts {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

type Part = 'requests' | 'limits';

/**
 * What the scheduler counts for a pod: containers run together, init containers one after another, those that restart
 * always run on beside the rest; the runtime's overhead comes on top. A pod's own `resources` stand over the sum
 * (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers).
 */
export function podAmounts(pod: JsonObject): PodAmounts {
  return { requests: sumOf(pod, 'requests'), limits: sumOf(pod, 'limits') };
}

function sumOf(pod: JsonObject, part: Part): Amounts {
  let running = noAmounts;
  let highest = noAmounts;
  for (const container of mapsIn(pod.initContainers)) {
    const own = amountsOf(container.resources, part);
    if (container.restartPolicy === 'Always') running = addAmounts(running, own);
    highest = maxAmounts(highest, container.restartPolicy === 'Always' ? running : addAmounts(running, own));
  }
  for (const container of mapsIn(pod.containers)) running = addAmounts(running, amountsOf(container.resources, part));
  const overhead = isObject(pod.overhead) ? amountsIn(pod.overhead) : noAmounts;
  const sum = maxAmounts(highest, running);
  return addAmounts(isObject(pod.resources) ? { ...sum, ...said(pod.resources, part) } : sum, overhead);
}

/** A request that is not said is the limit (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/). */
function amountsOf(resources: JsonValue | undefined, part: Part): Amounts {
  return isObject(resources) ? { ...noAmounts, ...said(resources, part) } : noAmounts;
}

function said(resources: JsonObject, part: Part): Partial<Amounts> {
  const limits = isObject(resources.limits) ? resources.limits : {};
  const own = isObject(resources[part]) ? (resources[part] as JsonObject) : {};
  const map = part === 'requests' ? { ...limits, ...own } : own;
  const amounts = amountsIn(map);
  return Object.fromEntries(
    Object.entries(amounts).filter(([name]) => (name === 'gpu' ? gpuKeys(map).length > 0 : Object.hasOwn(map, name))),
  );
}

function amountsIn(map: JsonObject): Amounts {
  const gpu = gpuKeys(map).reduce((sum, key) => sum + quantity(map[key]), 0n);
  return { cpu: quantity(map.cpu), memory: quantity(map.memory), gpu };
}

/** Device plugins name whole GPUs so: `nvidia.com/gpu`, `amd.com/gpu`, `gpu.intel.com/i915`. */
function gpuKeys(map: JsonObject): readonly string[] {
  return Object.keys(map).filter((key) => key.endsWith('/gpu') || key.startsWith('gpu.intel.com/'));
}

/** Schemas of the objects are checked elsewhere: what is no quantity counts nothing here. */
function quantity(value: JsonValue | undefined): Nano {
  return parseQuantity(value) ?? 0n;
}
