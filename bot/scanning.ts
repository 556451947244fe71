import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Cluster, ScanInput, ScanRule } from '../workflows/detect/scan.ts'
import { scan } from '../workflows/detect/scan.ts'

type Task = { readonly what: 'scan'; readonly input: ScanInput; readonly rule: Partial<ScanRule> }

// The file is its own worker: what is scanned comes in as its data, the cluster goes back as its only message.
if (!isMainThread && isTask(workerData)) parentPort?.postMessage(scan(workerData.input, workerData.rule))

/**
 * Scans in a thread of its own, so that a scan over a whole country holds up nobody's press; it ends with the scan, or
 * when `signal` says so. @throws whatever ended the thread
 */
export function startScan(
  input: ScanInput,
  rule: Partial<ScanRule> = {},
  signal?: AbortSignal,
): Promise<Cluster | null> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { what: 'scan', input, rule } satisfies Task })
  const stop = () => void worker.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  return new Promise<Cluster | null>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the scan was stopped before it was done')))
  }).finally(() => signal?.removeEventListener('abort', stop))
}

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'what' in data && data.what === 'scan'
}
