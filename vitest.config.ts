import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Modules are loaded once a worker, which halves the time: tests share no state but what they clean up.
    isolate: false,
    // Long enough for a busy machine with two slow cores: time is only ever up where something hangs.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
