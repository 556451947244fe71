import { parentPort, workerData } from 'node:worker_threads'
import { boundedLand } from '../../workflows/picture/boundary.ts'
import type { Land } from '../../workflows/picture/land.ts'
import { landOf } from './atlas.ts'
import { loadBoundaries } from './boundaries.ts'
import type { Survey } from './lands.ts'

// This file is a program of its own, which `lands.ts` starts for one land.
parentPort?.postMessage(surveyed(workerData as Survey))

function surveyed({ borders, codes }: Survey): Land {
  return borders === 'us' ? landOf(codes) : boundedLand(loadBoundaries(borders.file, { points: 'skip' }), codes)
}
