import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { quickenImports } from './modules.ts'

// The door: everything else is loaded behind it, because only what is loaded after this line comes from the cache.
// Hundreds of files are freed of their types at a start; from the second start on that is a quarter of a second less.
mkdirSync('data', { recursive: true, mode: 0o700 })
enableCompileCache('data/cache')
quickenImports()

const { runProcess } = await import('./start.ts')
await runProcess()
